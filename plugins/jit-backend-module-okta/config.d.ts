export interface Config {
  jit?: {
    connections?: {
      /**
       * What a connection of type `okta` has besides `type` and the engine's own keys. Keys that are not known are refused. One connection
       * for each org.
       */
      [name: string]: {
        /**
         * Of the org, such as `https://acme.okta.com`.
         */
        orgUrl?: string;

        /**
         * An API token. Or else `clientId` and `privateKey` of an OAuth service app.
         *
         * @visibility secret
         */
        token?: string;

        clientId?: string;

        /**
         * RSA or EC P-256, in PEM.
         *
         * @visibility secret
         */
        privateKey?: string;

        /**
         * The id (`kid`) of the key in the app, when it has several.
         */
        keyId?: string;

        /**
         * `okta.groups.manage` and `okta.users.read` when not given; profiles with `clearSessions` need `okta.users.manage` too.
         */
        scopes?: string[];

        /**
         * How a person is found: by the e-mail address of their User in the catalog, or by its annotation `okta.com/login`. `email` when
         * not given.
         */
        userBy?: 'email' | 'annotation';

        /**
         * What leases on this connection may ever give. Nothing when not given.
         */
        ceiling?: {
          /**
           * By id or by whole name, as the profiles write them; there are no patterns. Ids cannot be taken over by another group.
           */
          groups?: string[];
        };
      };
    };
  };
}
