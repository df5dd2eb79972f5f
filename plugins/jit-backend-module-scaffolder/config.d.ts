export interface Config {
  jit?: {
    connections?: {
      /**
       * What a connection of type `scaffolder` has besides `type` and the engine's own keys. Keys that are not known are refused. One is
       * enough for a portal.
       */
      [name: string]: {
        /**
         * What leases on this connection may ever run and look at. Nothing when not given.
         */
        ceiling?: {
          /**
           * The templates, by their whole refs. They run as the jit backend's own service: whoever can change one decides what that does.
           */
          templates?: string[];

          /**
           * Where these templates come from: origin locations, whole or ending in `/*`. Required with `templates`. One of the same name from
           * elsewhere does not run.
           */
          trustedLocations?: string[];

          /**
           * The hosts that a profile's `verify.url` may look at, with the port where it is not 443.
           */
          hosts?: string[];
        };

        /**
         * Which portal it is. `backend.baseUrl` when not given; set it to the old one when that changes while leases live.
         */
        address?: string;
      };
    };
  };
}
