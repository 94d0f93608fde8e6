/** A text of an address. What is all digits comes out of an address as a number; what is empty asks for nothing. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : undefined);
