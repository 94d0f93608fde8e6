/** The names of everything kept from the server. The socket refreshes by these. */
export const queryKeys = {
  me: ['me'] as const,
  people: ['people'] as const,
  counts: ['counts'] as const,
  queue: ['queue'] as const,
  exceptionCase: (id: string) => ['case', id] as const,
  order: (id: string) => ['order', id] as const,
  orders: ['orders'] as const,
  raw: (id: string) => ['raw', id] as const,
  stuck: ['stuck'] as const,
  health: ['health'] as const,
  deadLetters: ['deadLetters'] as const,
  approvals: ['approvals'] as const,
  remedyPreview: ['remedyPreview'] as const,
  report: ['report'] as const,
  audit: ['audit'] as const,
  evidence: (remedyId: string) => ['evidence', remedyId] as const,
};
