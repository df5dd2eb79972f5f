import { CALLS } from './calls';

type Row = Record<keyof typeof CALLS, number>;

const OPERATOR_CALLS = {
  stop: 200,
  stops: 200,
  lift: 404,
  providers: 200,
  stats: 200,
  export: 200,
};
const NOT_AN_OPERATOR = Object.fromEntries(
  [...Object.keys(OPERATOR_CALLS), 'environments'].map(call => [call, 403]),
);
const ALL = (status: number) =>
  Object.fromEntries(Object.keys(CALLS).map(call => [call, status]));

/** The answers to who asked for the lease and has it. */
export const SUBJECT = {
  ...NOT_AN_OPERATOR,
  me: 200,
  offers: 200,
  ask: 200,
  'ask for ada': 200,
  request: 200,
  decide: 409,
  withdraw: 409,
  lease: 200,
  history: 200,
  extend: 200,
  protect: 200,
  review: 409,
  credentials: 200,
  retry: 403,
  end: 200,
  leases: 1,
  presence: 200,
};

/** Of the answers to who may see a lease and end it, and not use it. */
export const SEES_AND_ENDS = {
  lease: 200,
  history: 200,
  extend: 403,
  protect: 403,
  review: 409,
  credentials: 403,
  retry: 403,
  end: 200,
};

const STRANGER = {
  ...NOT_AN_OPERATOR,
  me: 200,
  offers: 200,
  ask: 200,
  'ask for ada': 403,
  request: 404,
  decide: 404,
  withdraw: 404,
  lease: 404,
  history: 404,
  extend: 404,
  protect: 404,
  review: 404,
  credentials: 404,
  retry: 404,
  end: 404,
  leases: 0,
  presence: 200,
};

const READS = {
  ...ALL(403),
  me: 200,
  request: 200,
  lease: 200,
  history: 200,
  leases: 1,
  presence: 200,
};

/** The answer to each caller's each call; for `leases` how many they see when it is not an error. */
export const RIGHTS: Record<string, Row> = {
  'no token': ALL(401),
  ada: SUBJECT,
  'ada by a service': { ...SUBJECT, decide: 403, review: 403 },
  'ada by another service': { ...SUBJECT, decide: 403, review: 403 },
  bob: STRANGER,
  eve: STRANGER,
  nobody: { ...STRANGER, offers: 403 },
  owner: { ...STRANGER, ...SEES_AND_ENDS, leases: 1 },
  operator: {
    ...OPERATOR_CALLS,
    environments: 403,
    me: 200,
    offers: 200,
    ask: 200,
    'ask for ada': 403,
    request: 200,
    decide: 409,
    withdraw: 409,
    lease: 200,
    history: 200,
    extend: 403,
    protect: 200,
    review: 409,
    credentials: 403,
    retry: 200,
    end: 200,
    leases: 1,
    presence: 200,
  },
  'bare service': ALL(403),
  // This lease was not made for a task of it.
  'the scaffolder itself': {
    ...ALL(403),
    me: 200,
    request: 404,
    lease: 404,
    history: 404,
  },
  // Nor was it made for the catalog: it may list environments, which show less.
  'the catalog itself': {
    ...ALL(403),
    me: 200,
    environments: 200,
    request: 404,
    lease: 404,
    history: 404,
  },
  'catalog token': ALL(403),
  'other token': ALL(403),
  'action token': ALL(403),
  'read token': READS,
  'create token': { ...ALL(403), me: 200, ask: 400, 'ask for ada': 200 },
  'protect token': { ...ALL(403), me: 200, protect: 200 },
  'end token': { ...ALL(403), me: 200, end: 200, withdraw: 404 },
  'audit token': { ...ALL(403), me: 200, export: 200 },
  'operate token': { ...READS, ...OPERATOR_CALLS, export: 403, retry: 200 },
  'credentials token': READS,
};
