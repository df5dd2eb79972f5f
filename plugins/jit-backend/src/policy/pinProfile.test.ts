import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import fc from 'fast-check';
import { hashPinnedProfile, pinProfile } from './pinProfile';
import { ParameterSlot, PinnedProfile } from './Profile';
import { entityFor, profileFor } from './__testUtils__/fixtures';

const TARGET = 'resource:default/orders-db';

const ROLE: ParameterSlot = {
  at: ['memberOf', 1],
  from: 'target',
  path: ['metadata', 'annotations', 'acme.com/role'],
  allow: { values: ['orders_reports', 'orders_audit'] },
};

function pinWith(options: {
  slot: ParameterSlot;
  role?: unknown;
  parameters?: Record<string, JsonValue>;
  ref?: string;
}) {
  const { slot, role, parameters, ref = TARGET } = options;
  return pinProfile({
    profile: profileFor({
      parameters: { memberOf: ['orders_readonly', null] },
      slots: [slot],
    }),
    kind: 'access',
    target: entityFor(ref, {
      annotations: JSON.parse(JSON.stringify({ 'acme.com/role': role })),
    }),
    parameters,
  });
}

/** The same JSON with its keys in another order. */
function shuffled(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(shuffled);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner!)]),
  );
}

describe('pinProfile', () => {
  it('keeps all that a lease needs to its end', () => {
    const { content, hash } = pinWith({ slot: ROLE, role: 'orders_audit' });
    expect(content).toEqual({
      v: 1,
      profileId: 'orders-db-read',
      title: 'Orders database, read only',
      provider: 'postgres.role',
      connection: 'orders',
      kind: 'access',
      parameters: { memberOf: ['orders_readonly', 'orders_audit'] },
      targets: { entityRefs: [TARGET] },
      eligible: [{ kind: 'group', ref: 'group:default/orders-team' }],
      deny: [],
      durations: { defaultMs: 1_800_000, maximumMs: 14_400_000, choicesMs: [] },
      grantWithinMs: 900_000,
      reason: { required: false },
      limits: {},
      whenIneligible: 'end',
      approval: { steps: [] },
      presenceHidden: false,
    });
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash).not.toBe(pinWith({ slot: ROLE, role: 'orders_reports' }).hash);
  });

  it('gives equal content equal hashes, whatever the order of the keys', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false })),
        parameters => {
          const { content, hash } = pinProfile({
            profile: profileFor({ parameters: parameters as {} }),
            kind: 'access',
            target: entityFor(TARGET),
          });
          const stored = JSON.parse(JSON.stringify(content));
          expect(hashPinnedProfile(stored)).toBe(hash);
          expect(
            hashPinnedProfile(shuffled(stored) as unknown as PinnedProfile),
          ).toBe(hash);
        },
      ),
    );
  });

  it('never lets a value in that is not allowed, whatever the target says', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'orders_owner',
        'orders_audit ',
        'orders_audit\n',
        'Orders_audit',
        'orders_audit"; DROP ROLE x; --',
        '__proto__',
        '${{ target.metadata.name }}',
      ),
      fc.jsonValue(),
    );
    const pattern: ParameterSlot = {
      ...ROLE,
      allow: { pattern: 'orders_[a-z]+' },
    };
    const field = 'metadata\\.annotations\\.acme\\.com/role of the target';
    const parameter = 'its parameter memberOf\\.1';
    // What a stranger wrote is not repeated.
    const refusal = new RegExp(
      `^NotAllowedError: orders-db-read (takes ${parameter} from ${field}, which has none|does not allow the value that ${field} gives for ${parameter})$`,
    );
    const outcomeOf = (role: unknown, slot: ParameterSlot): string => {
      try {
        const { parameters } = pinWith({ slot, role }).content;
        return JSON.stringify(parameters);
      } catch (error) {
        return refusal.test(String(error)) ? 'refused' : String(error);
      }
    };
    fc.assert(
      fc.property(hostile, role => {
        expect(outcomeOf(role, ROLE)).toMatch(
          /^(refused|\{"memberOf":\["orders_readonly","orders_(reports|audit)"\]\})$/,
        );
        expect(outcomeOf(role, pattern)).toMatch(
          /^(refused|\{"memberOf":\["orders_readonly","orders_[a-z]+"\]\})$/,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads own values of the target only, and only of a target of the profile', () => {
    for (const path of [
      ['constructor', 'name'],
      ['metadata', '__proto__', 'name'],
      ['metadata', 'name', 'length'],
      ['relations', '0'],
    ]) {
      expect(() =>
        pinWith({ slot: { ...ROLE, path, allow: { pattern: '.*' } } }),
      ).toThrow('which has none');
    }
    const inherited = { ...ROLE, path: ['spec', 'role'] };
    expect(() =>
      pinProfile({
        profile: profileFor({
          parameters: { memberOf: ['orders_readonly', null] },
          slots: [inherited],
        }),
        kind: 'access',
        target: entityFor(TARGET, {
          spec: Object.create({ role: 'orders_audit' }),
        }),
      }),
    ).toThrow('which has none');
    expect(() =>
      pinWith({
        slot: ROLE,
        role: 'orders_audit',
        ref: 'resource:mine/orders-db',
      }),
    ).toThrow('is not for resource:mine/orders-db');
  });

  it('takes from the request what the profile asks for, and nothing else', () => {
    const slot: ParameterSlot = {
      at: ['memberOf', 1],
      from: 'parameters',
      path: ['role'],
      allow: { values: ['orders_audit'] },
    };
    const pinned = pinWith({ slot, parameters: { role: 'orders_audit' } });
    expect(pinned.content.parameters.memberOf).toEqual([
      'orders_readonly',
      'orders_audit',
    ]);
    const refused: Array<[Record<string, JsonValue>, string]> = [
      [{}, 'parameters.role is required by orders-db-read'],
      [{ role: 'x' }, 'parameters.role is not a value that orders-db-read'],
      [{ role: ['orders_audit'] }, 'parameters.role is not a value'],
      [{ role: 'orders_audit', host: 'x' }, 'takes only role from the request'],
    ];
    for (const [parameters, message] of refused) {
      expect(() => pinWith({ slot, parameters })).toThrow(InputError);
      expect(() => pinWith({ slot, parameters })).toThrow(message);
    }
    expect(() =>
      pinProfile({
        profile: profileFor(),
        kind: 'access',
        target: entityFor(TARGET),
        parameters: { memberOf: ['postgres'] },
      }),
    ).toThrow('parameters: orders-db-read takes none from the request');
  });
});
