import { Config } from '@backstage/config';
import { AuthenticationError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

const LOOPBACK_NAMES = ['127.0.0.1', '[::1]', 'localhost'];

interface Person {
  /** An entity ref. */
  ref: string;
  name: string;
}

/** Takes the word of the header `x-demo-user`, for the people of `demo.people` only. */
export function createDemoAuthenticator(config: Config) {
  const people = (config.getOptionalConfigArray('demo.people') ?? []).map(
    (person): Person => ({
      ref: person.getString('ref'),
      name: person.getString('name'),
    }),
  );

  return createProxyAuthenticator({
    defaultProfileTransform: async (person: Person) => ({
      profile: { displayName: person.name },
    }),
    initialize: () => people,
    async authenticate({ req }, known) {
      // A page elsewhere whose name was pointed at 127.0.0.1 would be of the same origin as us.
      if (!LOOPBACK_NAMES.includes(req.hostname)) {
        throw new AuthenticationError(
          'The demo sign-in answers only to this computer',
        );
      }
      const person = known.find(({ ref }) => ref === req.header('x-demo-user'));
      if (!person) {
        throw new AuthenticationError(
          'The demo sign-in knows only the people of demo.people',
        );
      }
      return { result: person };
    },
  });
}
