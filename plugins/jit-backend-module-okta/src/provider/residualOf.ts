import { GroupParams } from './paramsSchema';

/** What nobody can see or take back at the end. */
export function residualOf({ clearSessions }: GroupParams): string {
  return clearSessions
    ? 'Apps that the person is signed in to may keep their own session until it ends by itself'
    : 'The Okta session stays; apps that the person is signed in to may keep their own session until it ends by itself';
}
