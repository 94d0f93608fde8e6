/** Token of the remedies' limits (`RemedyPolicy`). */
export const REMEDY_POLICY = Symbol('RemedyPolicy');
