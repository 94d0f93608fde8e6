/** Signing in, and the end of a session under an open page. */
export const session = {
  'title': 'Sign in',
  'lead': 'Every order, and what needs a person now.',
  'email': 'Work e-mail',
  'password': 'Password',
  'showPassword': 'Show the password',
  'capsLock': 'Caps Lock is on',
  'signIn': 'Sign in',
  'signingIn': 'Signing in…',
  'wrong': 'This e-mail and password do not fit together.',
  'offline': 'The server cannot be reached. Try again in a moment.',
  'busy': 'Too many people or tries at once. Wait half a minute and try again.',
  'broken': 'Signing in failed: {{why}}',
  'ended': 'Your session has ended',
  'endedWhy': 'Sign in again; what is on the page stays.',
} as const;
