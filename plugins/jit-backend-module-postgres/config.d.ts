export interface Config {
  jit?: {
    connections?: {
      /**
       * What a connection of type `postgres` has besides `type` and the engine's own keys. Keys that are not known are refused.
       */
      [name: string]: {
        /**
         * Of the primary itself, not of a pooler that shares server connections between transactions.
         */
        host?: string;

        /**
         * 5432 when not given.
         */
        port?: number | string;

        /**
         * The admin that makes the roles and databases; the README says which rights it needs. Never a superuser.
         */
        user?: string;

        /**
         * @visibility secret
         */
        password?: string;

        /**
         * Where the admin logs in; `postgres` when not given.
         */
        database?: string;

        /**
         * `true` for TLS with the machine's own certificate authorities. Holders are told to use TLS too.
         */
        ssl?:
          | boolean
          | {
              /**
               * The certificate authority to trust, in PEM.
               */
              ca?: string;

              /**
               * `true` when not given.
               */
              rejectUnauthorized?: boolean;
            };

        /**
         * The role that gets the tables that an ended lease leaves behind: NOLOGIN, without any rights, never the admin.
         */
        reassignTo?: string;

        /**
         * What leases on this connection may ever give. Nothing when not given.
         */
        ceiling?: {
          /**
           * Roles by their whole names; there are no patterns.
           */
          roles?: string[];

          /**
           * Whether a profile may let holders `SET ROLE`: what they make then belongs to that role and stays. `false` when not given.
           */
          setRole?: boolean;

          /**
           * Whether leases may have databases of their own (`postgres.database`); none when not given.
           */
          ephemeralDatabases?: {
            /**
             * The databases that may be copied, by their whole names. Empty ones may be had all the same.
             */
            templates?: string[];

            /**
             * How many there may be at once; 20 when not given.
             */
            maximum?: number | string;

            /**
             * Whether `postgres.role` may give the rights of the owner of such a database to others. `false` when not given.
             */
            access?: boolean;
          };
        };

        /**
         * How many sessions one lease may have at once; 10 when not given.
         */
        connectionLimit?: number | string;

        /**
         * Where holders connect to, when it is not where the backend does.
         */
        publicHost?: string;
        publicPort?: number | string;

        /**
         * The databases that holders use; credentials name the first unless the profile names one.
         */
        databases?: string[];
      };
    };
  };
}
