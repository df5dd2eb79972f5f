import { OwnershipMark } from '@backstage-jit/plugin-jit-node';
import assert from 'node:assert/strict';
import { needs } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { ConformanceEnv } from '../ConformanceEnv';
import { DEFAULT_MARK } from '../../context';
import { ability, assertClassified } from './expectations';

const OTHER_LEDGER: OwnershipMark = { ...DEFAULT_MARK, ledgerId: 'ledger-2' };
const OTHER_INSTALLATION: OwnershipMark = {
  ...DEFAULT_MARK,
  installation: 'acme-laptop',
};
/** Begins like ours: found by a prefix, or by one half, it would be taken for ours. */
const LIKE_OURS: OwnershipMark = {
  installation: `${DEFAULT_MARK.installation}-2`,
  ledgerId: `${DEFAULT_MARK.ledgerId}0`,
};

async function namesOf(
  env: ConformanceEnv,
  mark?: OwnershipMark,
): Promise<string[]> {
  const things = await env.listOwned({ mark });
  return things.map(thing => `${thing.externalName} ${thing.leaseId}`).sort();
}

export const ownershipCases: ConformanceCase[] = [
  {
    name: 'a foreign thing of the same name is left alone and reported',
    applies: needs({ abilities: ['foreign'] }),
    async run(env) {
      const foreign = ability(env.harness.foreign);
      const lease = await env.thing();
      await foreign.make(lease.thing);
      const assertIntact = async (after: string) =>
        assert.ok(
          await foreign.intact(lease.thing),
          `${after} touched a foreign thing`,
        );

      await assertClassified('A grant', lease.grant(), 'misconfigured');
      await assertIntact('grant');
      // Of the operations, each may refuse or find that nothing of ours is there.
      await lease.revoke().catch(() => {});
      await assertIntact('revoke');
      await lease.revoke({ withoutHandle: true }).catch(() => {});
      await assertIntact('revoke without a handle');
      if (env.provider.extend) {
        await lease.extend().catch(() => {});
        await assertIntact('extend');
      }
      if (env.provider.issueCredentials) {
        await lease.mint().catch(() => {});
        await assertIntact('issueCredentials');
      }
      await lease.inspect().catch(() => {});
      await assertIntact('inspect');
      if (env.provider.listOwned) {
        assert.deepEqual(await namesOf(env), [], 'A foreign thing is listed');
        await assertIntact('listOwned');
      }
    },
  },
  {
    name: 'what another ledger made under the same name is left alone',
    applies: needs({ shared: false }),
    async run(env) {
      for (const mark of [OTHER_LEDGER, OTHER_INSTALLATION, LIKE_OURS]) {
        const theirs = await env.granted({ mark });
        const before = await theirs.remains();
        const { externalName } = theirs.thing;
        const ours = await env.thing({ externalName });

        if (env.harness.namesCarryMark) {
          await ours.grant();
          await ours.end();
        } else {
          await assertClassified('A grant', ours.grant(), 'misconfigured');
          await ours.revoke().catch(() => {});
        }
        assert.deepEqual(await theirs.remains(), before);
        assert.ok(
          await theirs.works(await theirs.mintIfAny()),
          'What another ledger made does not work any more',
        );
        await theirs.end();
        await theirs.assertGone('after its own revoke');
      }
    },
  },
  {
    name: 'lists exactly what carries our mark',
    applies: needs({ method: 'listOwned' }),
    async run(env) {
      const { foreign } = env.harness;
      assert.deepEqual(await namesOf(env), [], 'Before anything was made');
      const ours = [];
      for (let made = 0; made < 5; made++) {
        ours.push(await env.thing());
      }
      const theirs = [];
      for (const mark of [OTHER_LEDGER, OTHER_INSTALLATION, LIKE_OURS]) {
        theirs.push(await env.thing({ mark }));
      }
      for (const lease of [...ours, ...theirs]) {
        await lease.grant();
      }
      if ('make' in foreign) {
        await foreign.make((await env.thing()).thing);
      }
      const listed = ours.map(
        ({ thing }) => `${thing.externalName} ${thing.lease.id}`,
      );
      assert.deepEqual(await namesOf(env), listed.sort());
      assert.equal((await namesOf(env, OTHER_LEDGER)).length, 1);

      const [first, ...others] = ours;
      await first.end();
      assert.ok(
        (await namesOf(env)).every(
          name => !name.startsWith(`${first.thing.externalName} `),
        ),
        'What was revoked is still listed',
      );
      for (const lease of [...others, ...theirs]) {
        await lease.end();
      }
    },
  },
  {
    name: 'the ceiling lets through only what it names',
    applies: () => true,
    async run(env) {
      const connection = env.harness.connection();
      const params = env.harness.params();
      assert.ok(
        env.provider.paramsSchema.safeParse(params).success,
        'The schema refuses the parameters of the harness',
      );
      assert.equal(
        env.provider.refusedByCeiling({ params, connection }),
        undefined,
      );
      const refused = env.harness.refused();
      assert.ok(refused.length >= 2, 'The harness names too little to refuse');
      for (const { what, ...options } of refused) {
        const refusal = env.provider.refusedByCeiling(options);
        assert.ok(refusal, `Let through: ${what}`);
      }
    },
  },
];
