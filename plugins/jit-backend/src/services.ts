import {
  AuthService,
  DiscoveryService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  JitContextSource,
  JitOrigin,
  JitProvider,
} from '@backstage-jit/plugin-jit-node';
import { JitConfig } from './config';
import { ContextSourceCollection } from './context/ContextSourceCollection';
import { ContextSources } from './context/ContextSources';
import { onCallSource } from './context/onCallSource';
import { ticketSource } from './context/ticketSource';
import { Ledger } from './database/Ledger';
import { readCopy } from './database/operations/breakGlass/readCopy';
import { readConnectionCondition } from './database/operations/figures/readConnectionCondition';
import { JitEngine } from './engine/JitEngine';
import { Planner } from './engine/Planner';
import { ActivityReports } from './leases/ActivityReports';
import { AuthorizedLeaseService } from './leases/AuthorizedLeaseService';
import { CredentialIssuer } from './leases/CredentialIssuer';
import { DefaultLeaseService } from './leases/DefaultLeaseService';
import { LeaseExtender } from './leases/LeaseExtender';
import { MintLimiter } from './leases/MintLimiter';
import { AuthorizedOperationsService } from './operations/AuthorizedOperationsService';
import { DefaultOperationsService } from './operations/DefaultOperationsService';
import {
  BreakGlassOffers,
  BundleRegistry,
  CachingDirectory,
  CatalogDirectory,
  ConnectionRegistry,
  Directory,
  EligibilityChecker,
  OfferService,
  ProfileRegistry,
} from './policy';
import { ApproverFinder } from './requests/approval/ApproverFinder';
import { RequestDecisions } from './requests/approval/RequestDecisions';
import { AuthorizedRequestService } from './requests/AuthorizedRequestService';
import { DefaultRequestService } from './requests/DefaultRequestService';
import { ExtensionRequests } from './requests/extension/ExtensionRequests';
import { RequestResolver } from './requests/RequestResolver';
import { CallerFactory } from './rights/CallerFactory';
import { LeaseConditions, LeaseRuleset } from './rights/LeaseConditions';
import { RequestParties } from './rights/RequestParties';
import { TargetOwners } from './rights/TargetOwners';
import { TargetReader } from './rights/TargetReader';
import { Http } from './router/Http';
import { RouterContext } from './router/RouterContext';

/** What the rules are looked up with. */
export interface PolicyParts {
  connections: ConnectionRegistry;
  profiles: ProfileRegistry;
  bundles: BundleRegistry;
  contextSources: ContextSources;
  checker: EligibilityChecker;
  /** Asks the catalog anew each time. */
  directory: Directory;
  /** Believes what was so a moment ago. */
  cachedDirectory: Directory;
  finder: ApproverFinder;
}

/** @throws InputError with the path of each key of the config that is wrong */
export function createPolicy(options: {
  config: JitConfig;
  ledger: Ledger;
  providers: ReadonlyMap<string, JitProvider>;
  /** Those of modules. */
  contextSources?: JitContextSource[];
  catalog: CatalogService;
  auth: AuthService;
  logger: LoggerService;
}): PolicyParts {
  const { config, ledger, providers, catalog, auth, logger } = options;
  const directory = new CatalogDirectory({
    catalog,
    auth,
    timeoutMs: config.engine.catalogTimeoutMs,
    ...config.people,
  });
  const connections = ConnectionRegistry.create({
    connections: config.connections,
    providers,
  });
  const profiles = ProfileRegistry.create({
    config,
    providers,
    connections,
    directory,
    connectionHealth: name => readConnectionCondition(ledger, { name }),
    logger,
  });
  const bundles = BundleRegistry.create({
    bundles: config.bundles,
    profiles,
    providers,
  });
  const sources = new ContextSourceCollection();
  sources.addContextSource(
    onCallSource({ directory }),
    ticketSource,
    ...(options.contextSources ?? []),
  );
  return {
    connections,
    profiles,
    bundles,
    contextSources: ContextSources.create({
      contextSources: config.contextSources,
      types: sources.types,
      profiles: config.profiles,
      logger,
    }),
    directory,
    cachedDirectory: new CachingDirectory({ directory }),
    checker: new EligibilityChecker({
      directory,
      lastCopy: () => readCopy(ledger),
    }),
    finder: new ApproverFinder({ directory }),
  };
}

/** Puts together what the routes call: each service behind the rights to it. */
export function createServices(
  options: PolicyParts & {
    config: JitConfig;
    ledger: Ledger;
    engine: JitEngine;
    planner: Pick<Planner, 'plan'>;
    providers: ReadonlyMap<string, JitProvider>;
    origins: ReadonlyMap<string, JitOrigin>;
    catalog: CatalogService;
    auth: AuthService;
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
    /** What conditions of permission policies are made of. */
    rules: LeaseRuleset;
    discovery: DiscoveryService;
  },
): RouterContext {
  const { config, ledger, profiles, bundles, cachedDirectory } = options;
  const { operators } = config;
  const timeoutMs = config.engine.catalogTimeoutMs;
  const targets = new TargetReader({ ...options, timeoutMs });
  const callers = new CallerFactory({ ...options, operators });
  const parties = new RequestParties({ ledger });
  const conditions = new LeaseConditions(options);
  const lastCopy = () => readCopy(ledger);
  const resolver = new RequestResolver({ ...options, operators, lastCopy });
  const extensions = new ExtensionRequests({ ...options, resolver });
  return {
    callers,
    extensions,
    stuck: config.engine,
    http: new Http({
      ...options,
      callers,
    }),
    requests: new AuthorizedRequestService({
      ...options,
      targets,
      parties,
      conditions,
      requests: new DefaultRequestService({
        ...options,
        openRequestsPerPerson: config.limits.openRequestsPerPerson,
        resolver,
        decisions: new RequestDecisions({ ...options, resolver }),
        offers: new OfferService({
          profiles,
          bundles,
          directory: cachedDirectory,
          operators,
        }),
        breakGlassOffers: new BreakGlassOffers({
          profiles,
          operators,
          lastCopy,
        }),
      }),
    }),
    leases: new AuthorizedLeaseService({
      origins: options.origins,
      targets,
      parties,
      conditions,
      owners: new TargetOwners({ ...options, timeoutMs }),
      leases: new DefaultLeaseService({
        ...options,
        extender: new LeaseExtender({
          ...options,
          extensions,
        }),
        issuer: new CredentialIssuer({
          ...options,
          mints: new MintLimiter({ ledger }),
          baseUrl: () => options.discovery.getExternalBaseUrl('jit'),
        }),
      }),
    }),
    activity: new ActivityReports(options),
    operations: new AuthorizedOperationsService({
      operations: new DefaultOperationsService({
        ...options,
        connections: config.connections.map(({ name }) => name),
        stuck: config.engine,
      }),
    }),
  };
}
