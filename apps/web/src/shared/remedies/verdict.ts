export type Judged = 'pass' | 'fail' | 'unknown';

/** What is not known for a pass or a fail is not taken for one. */
export const verdictOf = (verdict: string): Judged => (verdict === 'pass' || verdict === 'fail' ? verdict : 'unknown');
