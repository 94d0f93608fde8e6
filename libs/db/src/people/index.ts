export { PersonStore, type NewPerson, type PersonRecord } from './person.store.js';
export { SessionStore, type LeftOfSession, type SessionRecord } from './session.store.js';
export { ApiTokenStore, type ApiTokenRecord } from './api-token.store.js';
export { SignInAttempts } from './sign-in-attempts.store.js';
