import { HumanDuration } from '@backstage/types';

export interface Config {
  /**
   * Just-in-time access. Keys that are not known are refused at start-up. A duration is text such as `30m` or `PT30M`, or an object
   * such as `{ minutes: 30 }`.
   */
  jit?: {
    /**
     * Names this portal in the mark that everything it makes outside carries: 1 to 40 of a-z, 0-9 and dash. Must not change while
     * leases live.
     */
    installation: string;

    /**
     * Users and groups who see and may end everything, by entity ref. None when not given.
     */
    operators?: string[];

    people?: {
      /**
       * Origin locations, whole or ending in `/*`, that users and groups have to come from in order to count. From anywhere when not
       * given: set it wherever others than administrators can register User and Group entities.
       */
      trustedLocations?: string[];

      /**
       * The annotation of a User that names their manager, a User too. Needs `trustedLocations`.
       */
      managerAnnotation?: string;
    };

    /**
     * The outside systems, each by a name of its own.
     */
    connections?: {
      [name: string]: {
        /**
         * Names the providers that work on it, for example `postgres`.
         */
        type: string;

        /**
         * How many calls may be out at once, over all replicas. 8 when not given.
         */
        concurrency?: number;

        /**
         * The provider's own settings, with its ceiling; described by the provider's module.
         */
        [setting: string]: unknown;
      };
    };

    /**
     * Conditions from outside the catalog under which `approval.auto` of a profile grants at once, each by a name of its own.
     */
    contextSources?: {
      [name: string]: {
        /**
         * `on-call`, `ticket`, or one that a module adds.
         */
        type: string;

        /**
         * `on-call`: the users who are, by entity ref. Or else `entityRef`, `trustedLocations` and `path`.
         */
        people?: string[];

        /**
         * `on-call`: the entity that lists the users, as a list of entity refs or as text with commas.
         */
        entityRef?: string;

        /**
         * `on-call`: the origin locations, whole or ending in `/*`, that the entity has to come from.
         */
        trustedLocations?: string[];

        /**
         * `ticket`: such as `https://tickets.example.net/api/issues/{ticket}`.
         */
        url?: string;

        /**
         * `ticket`: sent with each request.
         *
         * @visibility secret
         */
        headers?: { [header: string]: string };

        /**
         * `ticket`: the certificate authority to trust in place of those of the machine, in PEM.
         */
        ca?: string;

        /**
         * The keys that lead to what counts: in the entity, or in the JSON of the ticket.
         */
        path?: string[];

        /**
         * `ticket`: what may stand there.
         */
        values?: Array<string | number | boolean>;

        /**
         * Of a type that a module adds; described by the module.
         */
        [setting: string]: unknown;
      };
    };

    /**
     * What can be leased, and the rules for it.
     */
    profiles?: Array<{
      /**
       * 1 to 63 of a-z, 0-9, dot, dash and underscore.
       */
      id: string;

      title: string;

      description?: string;

      /**
       * The id of a provider, for example `postgres.role`.
       */
      provider: string;

      /**
       * One of `jit.connections`.
       */
      connection: string;

      /**
       * What the provider is to grant. A value may be filled when somebody asks, by
       * `{ value: '${{ target.metadata.name }}', allow: [...] }`, from the target or from the `parameters` of the request. `allow` is
       * a list of values, or `{ pattern: ... }` that has to match the whole value.
       */
      parameters?: { [parameter: string]: unknown };

      /**
       * The entities it can be leased on: all that is given here has to hold. Leased without a target when not given.
       */
      targets?: {
        entityRefs?: string[];

        /**
         * Origin locations, whole or ending in `/*`, whose word about an entity is taken.
         */
        trustedLocations?: string[];

        /**
         * A filter predicate, for example `{ kind: Resource, spec.type: database }`. Narrows, and makes nothing trusted.
         */
        filter?: unknown;
      };

      /**
       * Who may have it. `owner: true` is who owns the target, and needs `targets.entityRefs` or `targets.trustedLocations`.
       */
      eligible: Array<{ group?: string; user?: string; owner?: true }>;

      /**
       * Who may not, whatever else says that they may.
       */
      deny?: Array<{ group?: string; user?: string; owner?: true }>;

      duration: {
        /**
         * The maximum when not given.
         */
        default?: HumanDuration | string;

        maximum: HumanDuration | string;

        /**
         * Suggestions: anything up to the maximum can be asked for.
         */
        choices?: Array<HumanDuration | string>;
      };

      /**
       * How long granting may take before it is given up and undone. 15 minutes when not given.
       */
      grantWithin?: HumanDuration | string;

      /**
       * How far the end can be moved at once, in total, beyond `duration.maximum`, and how often. Not at all when not given.
       */
      extension?: {
        maximum: HumanDuration | string;
        times: number;

        /**
         * How much later than that the steps of `approval` may have it end, in total; `false`: not at all. As far as people approve when not given, at a
         * time no more than `duration.maximum`.
         */
        byApproval?: HumanDuration | string | false;
      };

      /**
       * Ends the lease when it was not used for so long. The provider has to see what is used.
       */
      idle?: {
        after: HumanDuration | string;

        /**
         * How long before that its people are told. Shorter than `after`.
         */
        warn?: HumanDuration | string;
      };

      /**
       * Infrastructure only: lets people keep it, for so long after it became active.
       */
      protect?: {
        maximum: HumanDuration | string;
      };

      /**
       * Where the provider can: how long a closed last copy is kept after the end.
       */
      keep?: HumanDuration | string;

      /**
       * Infrastructure only: what it costs.
       */
      price?: {
        /**
         * A decimal number, zero or more, with up to 6 digits after the point.
         */
        perHour: number | string;

        /**
         * Such as `EUR`.
         */
        currency: string;

        /**
         * How long one like it would have stayed without a lease. What is avoided is told against it, and not told without it.
         */
        baseline?: HumanDuration | string;
      };

      /**
       * Infrastructure only, and with `price`: ends it when it has cost so much.
       */
      budget?: {
        maximum: number | string;
      };

      reason?: {
        required?: boolean;

        /**
         * Must match from the reason's first character; `$` makes it match to the last. Without look-around and back references.
         */
        pattern?: string;

        /**
         * Shown to people. Must match the pattern.
         */
        example?: string;
      };

      /**
       * When a lease may live, by the wall clock: it lies within as a whole. At any time when not given.
       */
      hours?: {
        /**
         * Such as `Europe/Berlin`.
         */
        timezone: string;

        /**
         * Such as `Mon-Fri 08:00-18:00`.
         */
        windows: string[];
      };

      /**
       * Who may ask for others. Everybody asks for themselves when not given.
       */
      onBehalf?: {
        by: Array<{ group?: string; user?: string; owner?: true }>;

        /**
         * Whether who receives it has to agree first. True when not given.
         */
        consent?: boolean;
      };

      /**
       * Who may go in without approval and eligibility, in an emergency.
       */
      breakGlass?: {
        groups: string[];

        /**
         * How long after the end that was asked for somebody else has to have reviewed it. A later one does not move that.
         */
        reviewWithin: HumanDuration | string;
      };

      /**
       * How many leases of this profile there may be at a time.
       */
      limits?: {
        perSubject?: number;
        perProfile?: number;
      };

      /**
       * What becomes of a live lease whose subject is no longer eligible. `end` when not given.
       */
      whenIneligible?: 'end' | 'keep';

      approval?: {
        /**
         * Who is granted at once: all others go through the steps. Everybody eligible when neither this nor `steps` is given. `context`
         * is one of `jit.contextSources`.
         */
        auto?: Array<{
          group?: string;
          user?: string;
          owner?: true;
          context?: string;
        }>;

        /**
         * What people decide, one step after the other; 1 to 10.
         */
        steps?: Array<{
          approvers: Array<{
            group?: string;
            user?: string;
            owner?: true;
            manager?: true;
          }>;

          /**
           * How many different people have to approve. 1 when not given.
           */
          count?: number;

          /**
           * Who can decide as well when nobody has approved for so long.
           */
          escalation?: {
            after: HumanDuration | string;
            to: Array<{
              group?: string;
              user?: string;
              owner?: true;
              manager?: true;
            }>;
          };
        }>;

        /**
         * How long a request waits for its decision. 24 hours when not given; only with `steps`.
         */
        expires?: HumanDuration | string;
      };

      /**
       * Whether people who can read the target see who is in. `shown` when not given.
       */
      presence?: 'shown' | 'hidden';

      /**
       * Whether agents and the terminal may ask for it in a person's name, by the action `jit:request-access`, without the person's
       * confirmation. No when not given.
       */
      agents?: boolean;
    }>;

    /**
     * Profiles that are asked for, granted and ended as one.
     */
    bundles?: Array<{
      /**
       * 1 to 63 of a-z, 0-9, dot, dash and underscore.
       */
      id: string;

      title: string;

      description?: string;

      /**
       * 2 to 10 profiles, in the order in which they are granted; they end the other way round, with the first one's clock.
       */
      parts: string[];
    }>;

    events: {
      /**
       * The keys of the signed trail: the first signs, the others still verify what they signed. To rotate, put a new one first, and
       * keep the old ones as long as the events they signed.
       */
      keys: Array<{
        id: string;

        /**
         * At least 32 characters.
         *
         * @visibility secret
         */
        secret: string;
      }>;
    };

    trail?: {
      /**
       * How long a lease is kept with its history after its end, 30 days or more. For ever when not given.
       */
      keep?: HumanDuration | string;
    };

    limits?: {
      /**
       * 50 when not given.
       */
      openRequestsPerPerson?: number;
    };

    /**
     * How the engine keeps time. The defaults fit most portals.
     */
    engine?: {
      /** How often due work is looked for at the least. 500 ms when not given. */
      tick?: HumanDuration | string;

      /** How many leases one process works on at once. 64 when not given. */
      capacity?: number;

      /** How long a claim on a lease holds without being renewed. 10 seconds when not given. */
      claimLife?: HumanDuration | string;

      /** How often a claim is renewed during a call; less than half its life. 3 seconds when not given. */
      claimRenewal?: HumanDuration | string;

      /** How long a provider's call may take, unless the provider says. 10 seconds when not given. */
      callTimeout?: HumanDuration | string;

      /** How long the catalog may take to answer. 5 seconds when not given. */
      catalogTimeout?: HumanDuration | string;

      /** How long somebody waits for credentials at the most. 10 seconds when not given. */
      mintTimeout?: HumanDuration | string;

      /** The wait after a first failed attempt; it doubles from then on. 2 seconds when not given. */
      backoffMin?: HumanDuration | string;

      /** The longest wait between two attempts. 5 minutes when not given. */
      backoffMax?: HumanDuration | string;

      /** From how many failed attempts on a lease is shown as stuck. 5 when not given. */
      stuckAfterAttempts?: number;

      /** How late a transition may be before its lease is shown as stuck. 10 minutes when not given. */
      stuckAfter?: HumanDuration | string;

      /** How often a connection that is away is probed. 5 seconds when not given. */
      probeEvery?: HumanDuration | string;

      /** How much later than the lease the outside system's own expiry is set. 2 minutes when not given. */
      outsideMargin?: HumanDuration | string;

      /** How often the trail's checkpoint goes to the auditor. 5 minutes when not given. */
      checkpointEvery?: HumanDuration | string;
    };

    /**
     * How the use of things is looked at, for profiles with `idle`.
     */
    activity?: {
      /** 45 seconds when not given. */
      every?: HumanDuration | string;
    };

    /**
     * How the ledger is compared with the outside.
     */
    reconcile?: {
      /** 15 minutes when not given. */
      every?: HumanDuration | string;

      /** For providers of infrastructure. 2 minutes, or `every` if that is shorter, when not given. */
      infrastructureEvery?: HumanDuration | string;

      orphans?: {
        /**
         * What becomes of infrastructure of ours without an unfinished lease. `report` when not given. Such access is always revoked.
         */
        infrastructure?: 'report' | 'remove';
      };

      /**
       * A pass that would change more than both does nothing, and tells the operators.
       */
      atMost?: {
        /** 5 when not given. */
        count?: number;

        /** Of a connection's leases. 5 when not given. */
        percent?: number;
      };
    };

    /**
     * How the eligibility of live leases is looked at again.
     */
    recheck?: {
      /** 10 minutes when not given. */
      every?: HumanDuration | string;

      /**
       * When more than both are to be ended at once, none is, and the operators are told.
       */
      atMost?: {
        /** 5 when not given. */
        count?: number;

        /** Of all live leases. 5 when not given. */
        percent?: number;
      };
    };
  };
}
