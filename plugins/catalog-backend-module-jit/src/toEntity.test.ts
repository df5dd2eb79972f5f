import {
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import fc from 'fast-check';
import { environment, environmentOf } from './__testUtils__/environments';
import { toEntity } from './toEntity';

const OPTIONS = { owner: 'group:default/orders', appUrl: 'https://p.example/' };

it('says what there is, whose it is, and where to end it', () => {
  expect(toEntity(environmentOf(), OPTIONS)).toMatchInlineSnapshot(`
    {
      "apiVersion": "backstage.io/v1alpha1",
      "kind": "Resource",
      "metadata": {
        "annotations": {
          "backstage-jit/ends-at": "2030-01-01T01:00:00.000Z",
          "backstage-jit/lease-id": "3f2f1a3e-0000-4000-8000-000000000001",
          "backstage-jit/profile-id": "branch-database",
          "backstage.io/managed-by-location": "jit:environments",
          "backstage.io/managed-by-origin-location": "jit:environments",
        },
        "description": "Asked for by user:default/ada. It is here until its lease has ended.",
        "links": [
          {
            "title": "See it, extend it, end it",
            "url": "https://p.example/just-in-time?lease=3f2f1a3e-0000-4000-8000-000000000001",
          },
        ],
        "name": "environment-3f2f1a3e-0000-4000-8000-000000000001",
        "namespace": "default",
        "tags": [
          "just-in-time",
        ],
        "title": "Database of a branch (ada)",
      },
      "spec": {
        "dependencyOf": [
          "component:default/orders-api",
        ],
        "owner": "group:default/orders",
        "type": "jit-environment",
      },
    }
  `);
});

it('is an entity that the catalog takes, whatever is leased by whomever', async () => {
  const policies = EntityPolicies.allOf([
    new SchemaValidEntityPolicy(),
    new NoForeignRootFieldsEntityPolicy(),
    new FieldFormatEntityPolicy(),
  ]);
  await fc.assert(
    fc.asyncProperty(environment, async each => {
      const entity = toEntity(each, OPTIONS);
      await expect(policies.enforce(entity)).resolves.toEqual(entity);
      expect(await resourceEntityV1alpha1Validator.check(entity)).toBe(true);
    }),
  );
});

it('makes nothing of a name but text', () => {
  const { metadata } = toEntity(
    environmentOf({ requester: 'user:default/__ada_b.c-d' }),
    OPTIONS,
  );
  expect(metadata.description).toContain('user:default/\\_\\_ada\\_b.c\\-d');
});
