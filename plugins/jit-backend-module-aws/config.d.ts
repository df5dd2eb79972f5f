export interface Config {
  jit?: {
    connections?: {
      /**
       * What a connection of type `aws` has besides `type` and the engine's own keys. Keys that are not known are refused. One connection
       * for each account; its credentials come from the section `aws` of the config.
       */
      [name: string]: {
        /**
         * The 12 digits of the account, in quotes: whose credentials under `aws.accounts` are used, and whose roles can be leased.
         */
        accountId?: string;

        /**
         * `us-east-1` when not given. Keys are given out with it, too.
         */
        region?: string;

        /**
         * Another STS than AWS's own in the region, such as an emulator or a VPC endpoint.
         */
        stsEndpoint?: string;

        /**
         * Another IAM than AWS's own.
         */
        iamEndpoint?: string;

        /**
         * Where sign-in links to the console come from; `false` for none. AWS's own when not given, unless `stsEndpoint` is.
         */
        federationEndpoint?: string | false;

        /**
         * Whether we may put inline policies on the roles, which is how keys are ended early. `true` when not given.
         */
        mayEditRoles?: boolean;

        /**
         * What leases on this connection may ever give. Nothing when not given.
         */
        ceiling?: {
          /**
           * By whole ARN, or with `*` for parts of the path or the name: it means any characters but `/`.
           */
          roles?: string[];
        };
      };
    };
  };
}
