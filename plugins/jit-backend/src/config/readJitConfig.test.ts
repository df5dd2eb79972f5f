import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { DEFAULT_ENGINE_SETTINGS } from './EngineSettings';
import { JitConfig } from './JitConfig';
import { readJitConfig } from './readJitConfig';

const SECRET = 'a secret of thirty-two characters';

const PROFILE = {
  id: 'orders-db-read',
  title: 'Orders database, read only',
  provider: 'postgres.role',
  connection: 'orders',
  eligible: [{ group: 'group:default/orders-team' }],
  duration: { maximum: '4h' },
};

const JIT = {
  installation: 'acme-prod',
  connections: { orders: { type: 'postgres', host: 'db', password: 'pw' } },
  profiles: [PROFILE],
  events: { keys: [{ id: 'first', secret: SECRET }] },
};

function read(jit: object | undefined): JitConfig {
  return readJitConfig(
    mockServices.rootConfig({ data: { jit } as JsonObject }),
  );
}

function withProfile(changes: object): object {
  return { ...JIT, profiles: [{ ...PROFILE, ...changes }] };
}

function withApproval(step: object): object {
  return withProfile({ approval: { steps: [step] } });
}

describe('readJitConfig', () => {
  it('fills in what is not given', () => {
    expect(read(JIT)).toEqual({
      installation: 'acme-prod',
      operators: [],
      people: {},
      connections: [
        {
          name: 'orders',
          type: 'postgres',
          concurrency: 8,
          settings: { host: 'db', password: 'pw' },
        },
      ],
      profiles: [
        {
          configPath: 'jit.profiles[0]',
          id: 'orders-db-read',
          title: 'Orders database, read only',
          provider: 'postgres.role',
          connection: 'orders',
          parameters: {},
          slots: [],
          eligible: [{ kind: 'group', ref: 'group:default/orders-team' }],
          deny: [],
          durations: {
            defaultMs: 14_400_000,
            maximumMs: 14_400_000,
            choicesMs: [],
          },
          grantWithinMs: 900_000,
          reason: { required: false },
          limits: {},
          whenIneligible: 'end',
          approval: { steps: [] },
          presenceHidden: false,
        },
      ],
      bundles: [],
      events: { keys: [{ id: 'first', secret: SECRET }] },
      limits: { openRequestsPerPerson: 50 },
      contextSources: [],
      engine: DEFAULT_ENGINE_SETTINGS,
      activity: { everyMs: 45_000 },
      reconcile: {
        everyMs: 900_000,
        infrastructureEveryMs: 120_000,
        orphans: { infrastructure: 'report' },
        atMost: { count: 5, percent: 5 },
      },
      trail: {},
      recheck: { everyMs: 600_000, atMost: { count: 5, percent: 5 } },
    });
  });

  it('reads and normalises the whole vocabulary', () => {
    const jit = read({
      ...JIT,
      operators: ['group:Platform', 'user:default/Root'],
      people: { trustedLocations: ['url:https://github.com/acme/org/*'] },
      profiles: [
        {
          ...PROFILE,
          description: 'For looking things up',
          parameters: {
            memberOf: [
              'orders_readonly',
              {
                value: "${{ target.metadata.annotations['acme.com/role'] }}",
                allow: ['orders_reports'],
              },
            ],
            size: {
              value: '${{parameters.size}}',
              allow: { pattern: '[0-9]+' },
            },
          },
          targets: {
            entityRefs: ['Resource:Default/Orders-DB'],
            trustedLocations: ['file:/catalog/all.yaml'],
            filter: { 'spec.type': 'database' },
          },
          eligible: [{ owner: true }, { user: 'user:alice' }],
          deny: [{ group: 'group:default/contractors' }],
          duration: {
            default: 'PT30M',
            maximum: { hours: 4 },
            choices: ['15m', '1 hour'],
          },
          grantWithin: '5m',
          extension: { maximum: '1h', times: '2' },
          reason: {
            required: 'true',
            pattern: '(?<ticket>[A-Z]+-\\d+)',
            example: 'OPS-123 fix order 9',
          },
          idle: { after: '2h', warn: '10m' },
          protect: { maximum: '3 days' },
          price: { perHour: 0.12, currency: 'EUR', baseline: 'P7D' },
          budget: { maximum: '20' },
          limits: { perSubject: 1, perProfile: 10 },
          whenIneligible: 'keep',
          approval: { auto: [{ group: 'group:default/on-call' }] },
          presence: 'hidden',
        },
      ],
      engine: { tick: '100ms', capacity: 4 },
      reconcile: { every: '1h', orphans: { infrastructure: 'remove' } },
      recheck: { atMost: { percent: 10 } },
    });
    expect(jit.operators).toEqual([
      { kind: 'group', ref: 'group:default/platform' },
      { kind: 'user', ref: 'user:default/root' },
    ]);
    expect(jit.profiles[0]).toEqual({
      configPath: 'jit.profiles[0]',
      id: 'orders-db-read',
      title: 'Orders database, read only',
      description: 'For looking things up',
      provider: 'postgres.role',
      connection: 'orders',
      parameters: { memberOf: ['orders_readonly', null], size: null },
      slots: [
        {
          at: ['memberOf', 1],
          from: 'target',
          path: ['metadata', 'annotations', 'acme.com/role'],
          allow: { values: ['orders_reports'] },
        },
        {
          at: ['size'],
          from: 'parameters',
          path: ['size'],
          allow: { pattern: '[0-9]+' },
        },
      ],
      targets: {
        entityRefs: ['resource:default/orders-db'],
        trustedLocations: ['file:/catalog/all.yaml'],
        filter: { 'spec.type': 'database' },
      },
      eligible: [
        { kind: 'owner' },
        { kind: 'user', ref: 'user:default/alice' },
      ],
      deny: [{ kind: 'group', ref: 'group:default/contractors' }],
      durations: {
        defaultMs: 1_800_000,
        maximumMs: 14_400_000,
        choicesMs: [900_000, 3_600_000],
      },
      grantWithinMs: 300_000,
      extension: { maximumMs: 3_600_000, times: 2 },
      reason: {
        required: true,
        pattern: '(?<ticket>[A-Z]+-\\d+)',
        example: 'OPS-123 fix order 9',
      },
      idle: { afterMs: 7_200_000, warnMs: 600_000 },
      protect: { maximumMs: 259_200_000 },
      price: {
        perHour: '0.12',
        currency: 'EUR',
        baselineMs: 7 * 24 * 3_600_000,
      },
      budget: { maximum: '20.00' },
      limits: { perSubject: 1, perProfile: 10 },
      whenIneligible: 'keep',
      approval: {
        auto: [{ kind: 'group', ref: 'group:default/on-call' }],
        steps: [],
      },
      presenceHidden: true,
    });
    expect(jit.engine).toEqual({
      ...DEFAULT_ENGINE_SETTINGS,
      tickMs: 100,
      capacity: 4,
    });
    expect(jit.reconcile).toEqual({
      everyMs: 3_600_000,
      infrastructureEveryMs: 120_000,
      orphans: { infrastructure: 'remove' },
      atMost: { count: 5, percent: 5 },
    });
    expect(jit.recheck.atMost).toEqual({ count: 5, percent: 10 });
  });

  const needsTrust = 'must say which entities are trusted';
  const substitution = '${{ target.metadata.name }}';
  it.each<[string, object | undefined, string]>([
    ['nothing', undefined, 'jit.installation is required'],
    [
      'a bad installation',
      { ...JIT, installation: "acme'; drop" },
      'jit.installation must be',
    ],
    ['an unknown key', { ...JIT, profile: [] }, 'jit.profile is not a known'],
    [
      'a bundle of one',
      { ...JIT, bundles: [{ id: 'one', title: 'One', parts: ['a'] }] },
      'jit.bundles[0].parts must name 2 to 10 profiles',
    ],
    [
      'a bundle without a title',
      { ...JIT, bundles: [{ id: 'two', parts: ['a', 'b'] }] },
      'jit.bundles[0].title is required',
    ],
    [
      'an operator of another kind',
      { ...JIT, operators: ['component:default/a'] },
      'jit.operators[0] must be of kind group or user',
    ],
    ['no key', { ...JIT, events: { keys: [] } }, 'jit.events.keys must hold'],
    ['no events', { ...JIT, events: undefined }, 'jit.events is required'],
    [
      'a short secret',
      { ...JIT, events: { keys: [{ id: 'a', secret: 'pw' }] } },
      'jit.events.keys[0].secret must have at least 32 characters',
    ],
    [
      'a key twice',
      {
        ...JIT,
        events: {
          keys: [
            { id: 'a', secret: SECRET },
            { id: 'a', secret: SECRET },
          ],
        },
      },
      'jit.events.keys[1].id is the same as jit.events.keys[0].id',
    ],
    [
      'a profile twice',
      { ...JIT, profiles: [PROFILE, PROFILE] },
      'jit.profiles[1].id is the same as jit.profiles[0].id',
    ],
    [
      'a connection without a type',
      { ...JIT, connections: { orders: {} } },
      'jit.connections.orders.type is required',
    ],
    [
      'a connection of no concurrency',
      { ...JIT, connections: { orders: { type: 'a', concurrency: 0 } } },
      'jit.connections.orders.concurrency must be a whole number from 1',
    ],
    [
      'a renewal that comes too late',
      { ...JIT, engine: { claimRenewal: '6s' } },
      'jit.engine.claimRenewal must be less than half',
    ],
    [
      'engine settings with a typing error',
      { ...JIT, engine: { ticks: '1s' } },
      'jit.engine.ticks is not a known key',
    ],
    [
      'a limit that is not a number',
      { ...JIT, limits: { openRequestsPerPerson: 'many' } },
      'jit.limits.openRequestsPerPerson must be a whole number',
    ],
    [
      'a whole host that is trusted',
      { ...JIT, people: { trustedLocations: ['url:https://github.com/*'] } },
      'jit.people.trustedLocations[0] trusts a whole host',
    ],
    ['no title', withProfile({ title: undefined }), '.title is required'],
    ['a bad id', withProfile({ id: 'Orders DB' }), '.id must be 1 to 63'],
    ['no duration', withProfile({ duration: undefined }), '.duration is req'],
    [
      'no maximum',
      withProfile({ duration: {} }),
      '.duration.maximum is required',
    ],
    [
      'an unreadable maximum',
      withProfile({ duration: { maximum: 'soon' } }),
      '.duration.maximum is not a duration',
    ],
    [
      'a maximum without a unit',
      withProfile({ duration: { maximum: 30 } }),
      '.duration.maximum is not a duration',
    ],
    [
      'a maximum of nothing',
      withProfile({ duration: { maximum: '0m' } }),
      '.duration.maximum must be more than zero',
    ],
    [
      'a negative maximum',
      withProfile({ duration: { maximum: { hours: -1 } } }),
      '.duration.maximum must be more than zero',
    ],
    [
      'a maximum that never ends',
      withProfile({ duration: { maximum: '2000 years' } }),
      '.duration.maximum is longer than',
    ],
    [
      'a default over the maximum',
      withProfile({ duration: { default: '5h', maximum: '4h' } }),
      '.duration.default is longer than the maximum of 4 hours',
    ],
    [
      'a choice over the maximum',
      withProfile({ duration: { choices: ['1h', '5h'], maximum: '4h' } }),
      '.duration.choices[1] is longer than the maximum of 4 hours',
    ],
    [
      'nobody eligible',
      withProfile({ eligible: [] }),
      '.eligible must name somebody',
    ],
    [
      'an eligible rule of two kinds',
      withProfile({ eligible: [{ group: 'group:a', owner: true }] }),
      '.eligible[0] must have exactly one of',
    ],
    [
      'an owner that is false',
      withProfile({ eligible: [{ owner: false }] }),
      '.eligible[0] must have exactly one of',
    ],
    [
      'a user that is called a group',
      withProfile({ deny: [{ group: 'user:default/alice' }] }),
      '.deny[0].group must be of kind group',
    ],
    [
      'a ref without a kind',
      withProfile({ deny: [{ group: 'contractors' }] }),
      '.deny[0].group is not an entity ref',
    ],
    [
      'an owner without trust',
      withProfile({ eligible: [{ owner: true }] }),
      `.targets ${needsTrust}, by entityRefs or trustedLocations, because the profile uses owner: true`,
    ],
    [
      'an owner that is approved without trust',
      withProfile({
        targets: { filter: { kind: 'Resource' } },
        approval: { auto: [{ owner: true }] },
      }),
      `.targets ${needsTrust}`,
    ],
    [
      'a substitution without trust',
      withProfile({ parameters: { a: { value: substitution, allow: ['b'] } } }),
      `.targets ${needsTrust}`,
    ],
    [
      'a substitution without allow',
      withProfile({ parameters: { memberOf: [substitution] } }),
      '.parameters.memberOf[0] needs to say what it may become',
    ],
    [
      'a substitution that allows nothing',
      withProfile({ parameters: { a: { value: substitution, allow: [] } } }),
      '.parameters.a.allow must be a list of values',
    ],
    [
      'a substitution by a pattern that looks around',
      withProfile({
        parameters: { a: { value: substitution, allow: { pattern: '(?=a)' } } },
      }),
      '.parameters.a.allow has a pattern that is not a pattern that can be used',
    ],
    [
      'a substitution in a piece of text',
      withProfile({ parameters: { a: `GRANT ${substitution}` } }),
      '.parameters.a has a substitution in it that does not fill',
    ],
    [
      'a substitution of something else',
      withProfile({
        parameters: { a: { value: '${{ env.HOME }}', allow: ['b'] } },
      }),
      '.parameters.a.value must be one substitution',
    ],
    [
      'targets that say nothing',
      withProfile({ targets: {} }),
      '.targets must have entityRefs, trustedLocations or filter',
    ],
    [
      'targets without an entity',
      withProfile({ targets: { entityRefs: [] } }),
      '.targets.entityRefs must name an entity',
    ],
    [
      'environments as trusted targets',
      withProfile({ targets: { trustedLocations: ['jit:environments'] } }),
      '.targets.trustedLocations[0] trusts what people have asked for',
    ],
    [
      'environments as trusted targets, as if they were in a folder',
      withProfile({ targets: { trustedLocations: ['jit:environments/*'] } }),
      '.targets.trustedLocations[0] trusts what people have asked for',
    ],
    [
      'a location with a way out',
      withProfile({
        targets: { trustedLocations: ['url:https://a.example/b/../*'] },
      }),
      '.targets.trustedLocations[0] has . or .. segments',
    ],
    [
      'a filter that is none',
      withProfile({ targets: { filter: { kind: { $near: 'x' } } } }),
      '.targets.filter is not a filter predicate',
    ],
    [
      'a pattern with a back reference',
      withProfile({ reason: { pattern: '(a)\\1' } }),
      '.reason.pattern is not a pattern that can be used',
    ],
    [
      'an example that does not match',
      withProfile({ reason: { pattern: 'A-\\d', example: 'see A-1' } }),
      '.reason.example does not match',
    ],
    [
      'a limit of nothing',
      withProfile({ limits: { perSubject: 0 } }),
      '.limits.perSubject must be a whole number from 1',
    ],
    [
      'a warning that comes after the end',
      withProfile({ idle: { after: '10m', warn: '10m' } }),
      '.idle.warn must be shorter than after, 10 minutes',
    ],
    [
      'a budget without a price',
      withProfile({ budget: { maximum: 20 } }),
      '.budget needs price: without it nobody knows what is spent',
    ],
    ...[Number.NaN, Infinity, -0.12, '0,12', 'free', null, 1e-9].map(
      (perHour): [string, object, string] => [
        `a price of ${perHour}`,
        withProfile({
          price: { perHour, currency: 'EUR' },
          budget: { maximum: 20 },
        }),
        '.price.perHour must be an amount of money',
      ],
    ),
    [
      'a price in no currency',
      withProfile({ price: { perHour: 1, currency: 'Euro' } }),
      '.price.currency must be the code of a currency',
    ],
    [
      'no approval steps at all',
      withProfile({ approval: { steps: [] } }),
      '.approval.steps must have 1 to 10 steps',
    ],
    [
      'a step that nobody approves',
      withApproval({ approvers: [] }),
      '.approval.steps[0].approvers must name somebody',
    ],
    [
      'an approver of two kinds',
      withApproval({ approvers: [{ owner: true, manager: true }] }),
      '.approval.steps[0].approvers[0] must have exactly one of',
    ],
    [
      'approvals by no people',
      withApproval({ approvers: [{ user: 'user:a' }], count: 0 }),
      '.approval.steps[0].count must be a whole number from 1',
    ],
    [
      'an escalation to nobody',
      withApproval({
        approvers: [{ user: 'user:a' }],
        escalation: { after: '1h', to: [] },
      }),
      '.approval.steps[0].escalation.to must name somebody',
    ],
    [
      'owners that approve without trust',
      withApproval({ approvers: [{ owner: true }] }),
      `.targets ${needsTrust}`,
    ],
    [
      'managers of whom the catalog does not tell',
      withApproval({ approvers: [{ manager: true }] }),
      '.approval.steps[0] uses manager: true, and needs jit.people.managerAnnotation',
    ],
    [
      'managers on the word of everybody',
      { ...JIT, people: { managerAnnotation: 'acme.example/manager' } },
      'jit.people.managerAnnotation needs jit.people.trustedLocations',
    ],
    [
      'an expiry of nothing',
      withProfile({ approval: { expires: '8h' } }),
      '.approval.expires needs steps',
    ],
    [
      'another end for the ineligible',
      withProfile({ whenIneligible: 'warn' }),
      '.whenIneligible must be one of end, keep',
    ],
    [
      'hours of no timezone',
      withProfile({ hours: { timezone: 'Mars/Base', windows: [] } }),
      '.hours.timezone is not a timezone',
    ],
    ...[
      'Mon-Fri 8-18',
      'Mon 24:00-25:00',
      'Mo 08:00-18:00',
      'Mon 08:60-09:00',
    ].map((given): [string, object, string] => [
      `hours of ${given}`,
      withProfile({ hours: { timezone: 'UTC', windows: [given] } }),
      '.hours.windows[0] is not a window',
    ]),
    [
      'on behalf of others by nobody',
      withProfile({ onBehalf: { by: [] } }),
      '.onBehalf.by must name somebody',
    ],
    [
      'an emergency of nobody',
      withProfile({ breakGlass: { groups: [], reviewWithin: '24h' } }),
      '.breakGlass.groups must name a group',
    ],
    [
      'an emergency that nobody looks at',
      withProfile({ breakGlass: { groups: ['group:default/sre'] } }),
      '.breakGlass.reviewWithin is required',
    ],
    ['context', withProfile({ context: {} }), '.context is not a known key'],
  ])('refuses %s', (_what, jit, message) => {
    const full = message.startsWith('.')
      ? `jit.profiles[0]${message}`
      : message;
    expect(() => read(jit)).toThrow(full);
  });

  it('names everything that is wrong, and no secret', () => {
    let message = '';
    try {
      read({
        ...JIT,
        connections: { 'or;ders': { type: 5, password: 'hunter2' } },
        events: { keys: [{ id: 'a', secret: 'hunter2' }] },
      });
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('jit.connections.or;ders.type must be of type');
    expect(message).toContain('jit.events.keys[0].secret must have');
    expect(message).not.toContain('hunter2');
  });
});
