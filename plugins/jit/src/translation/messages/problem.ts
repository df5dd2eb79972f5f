/** What went wrong, and what to do about it. */
export const problem = {
  retry: 'Try again',
  signIn: 'Sign in again',
  waiting: 'Asking the portal…',
  waitingLong:
    'The portal takes longer than usual to answer. Nothing is lost: leases end on time whether this page is open or not.',
  stale:
    'This is how it was when last heard of; it is looked at again by itself.',
  offline: 'The portal’s backend cannot be reached',
  offlineHow:
    'Nothing you typed is lost, and leases still end on time. Check your network, or try again in a moment.',
  noAnswer: 'The portal’s backend has not answered in time',
  noAnswerHow:
    'It may have done it all the same: asking again does not make it happen twice.',
  unauthorized: 'You are no longer signed in',
  unauthorizedHow:
    'What you typed is kept in this browser tab. Sign in again and it is still there.',
  forbidden: 'The rules do not allow this',
  forbiddenHow: 'If you think they should, ask who runs this portal.',
  notUserHow:
    'Access is given to people who are Users in the catalog. Ask who keeps the catalog to add you, then come back.',
  notFound: 'This is not here, or not yours to see',
  notFoundHow:
    'It may have been removed, or the link is meant for somebody else.',
  conflict: 'This does not fit with how things stand now',
  conflictHow: 'What you see here has been brought up to date.',
  badInput: 'Something in this cannot be',
  tooMany: 'That was asked too often',
  tooManyHow: 'Wait a little, then try again.',
  tooManyIn: 'Try again in {{duration}}.',
  unavailable: 'The portal cannot do this at the moment',
  unavailableHow: 'Nothing you typed is lost. Try again in a moment.',
  broken: 'Something broke in the portal’s backend',
  brokenHow:
    'Nothing you typed is lost. Try again; if it stays like this, tell who runs this portal when it happened.',
} as const;
