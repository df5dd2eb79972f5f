import assert from 'node:assert/strict';
import { always } from '../applicability';
import { ConformanceCase } from '../ConformanceCase';
import { isApplicable } from '../ConformanceHarness';

export const declaredCases: ConformanceCase[] = [
  {
    name: 'what the provider declares can be tried',
    applies: always,
    async run({ provider, harness }) {
      assert.match(provider.id, /^[a-z0-9-]+\.[a-z0-9-]+$/, 'The provider id');
      assert.ok(provider.connectionType, 'There is no connection type');
      assert.ok(
        provider.supports.extend || !provider.extend,
        'It has the method extend, and says that it cannot be extended',
      );
      assert.ok(
        !provider.supports.idle || provider.listActivity,
        'It supports idle, and has no listActivity',
      );
      assert.ok(
        !provider.supports.keep || provider.keep,
        'It supports keep, and has no keep',
      );
      assert.ok(
        !provider.listActivity || harness.use || isApplicable(harness.sessions),
        'It sees use, and the harness cannot use a thing',
      );
      assert.ok(
        provider.kind !== 'access' || isApplicable(harness.access),
        'It gives access, and the harness cannot tell whether that works',
      );
      assert.ok(
        !provider.supports.sessions || isApplicable(harness.sessions),
        'It ends sessions, and the harness cannot open one',
      );
      assert.ok(
        !provider.issueCredentials || isApplicable(harness.access),
        'It gives credentials, and the harness cannot use them',
      );
      assert.ok(
        !provider.entitlementKey || isApplicable(harness.standing),
        'Leases share its things, and the harness cannot give standing access',
      );
      assert.ok(
        !provider.listOwned || !provider.listPresent,
        'It lists what it owns and what is there: one of them is for things with a mark, the other for things without',
      );
      assert.ok(
        !(provider.listOwned || provider.listPresent) ||
          isApplicable(harness.brokenList),
        'It lists what is outside, and the harness cannot break a list off',
      );
      const secrets = harness.secrets();
      assert.ok(
        secrets.length > 0 && secrets.every(secret => secret.length >= 8),
        'The harness names no secret that could be searched for',
      );
    },
  },
];
