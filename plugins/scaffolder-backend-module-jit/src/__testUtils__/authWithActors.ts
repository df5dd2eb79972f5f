import {
  AuthService,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';

const PREFIX = 'on-behalf:';

/**
 * The mock of the auth service, which forgets who acts for a person, made to remember it, as the real one does.
 */
export const authWithActors = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }): AuthService {
    const pluginId = plugin.getId();
    const auth = mockServices.auth({ pluginId });
    const authenticate = auth.authenticate.bind(auth);
    const getPluginRequestToken = auth.getPluginRequestToken.bind(auth);

    auth.getPluginRequestToken = async options => {
      const { onBehalfOf } = options;
      if (!auth.isPrincipal(onBehalfOf, 'user')) {
        return await getPluginRequestToken(options);
      }
      const user = onBehalfOf.principal.userEntityRef;
      const said = JSON.stringify({ user, by: `plugin:${pluginId}` });
      return { token: `${PREFIX}${said}` };
    };
    auth.authenticate = async (token, options) => {
      if (!token.startsWith(PREFIX)) {
        return await authenticate(token, options);
      }
      const { user, by } = JSON.parse(token.slice(PREFIX.length));
      return mockCredentials.user(user, { actor: { subject: by } });
    };
    return auth;
  },
});
