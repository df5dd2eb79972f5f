import { postgresConnectionSchema } from '../connection/connectionSchema';
import { roleParamsSchema } from './paramsSchema';
import { refusedByCeiling } from './refusedByCeiling';

const base = {
  host: 'db',
  user: 'jit_admin',
  password: 'secret',
  reassignTo: 'leftovers',
};

function refusal(options: {
  roles?: string[];
  memberOf: string[];
  setRole?: boolean;
  ceilingSetRole?: boolean;
  access?: boolean;
}): string | undefined {
  const { roles, ceilingSetRole, access } = options;
  return refusedByCeiling({
    params: { memberOf: options.memberOf, setRole: options.setRole },
    connection: {
      name: 'orders',
      config: postgresConnectionSchema.parse({
        ...base,
        ...(roles && {
          ceiling: {
            roles,
            setRole: ceilingSetRole,
            ...(access !== undefined && { ephemeralDatabases: { access } }),
          },
        }),
      }),
    },
  });
}

describe('refusedByCeiling', () => {
  it('lets through only what is named, and never what is as good as superuser', () => {
    expect(refusal({ memberOf: ['reader'] })).toMatch(/ceiling/);
    expect(refusal({ roles: [], memberOf: ['reader'] })).toMatch(/ceiling/);
    expect(refusal({ roles: ['*', 'read%'], memberOf: ['reader'] })).toMatch(
      /ceiling/,
    );
    expect(
      refusal({ roles: ['reader'], memberOf: ['reader', 'writer'] }),
    ).toMatch(/'writer'/);
    expect(refusal({ roles: ['Reader'], memberOf: ['reader'] })).toMatch(
      /ceiling/,
    );
    expect(
      refusal({
        roles: ['reader', 'pg_read_all_data'],
        memberOf: ['reader', 'pg_read_all_data'],
      }),
    ).toBeUndefined();

    for (const never of [
      'postgres',
      'pg_execute_server_program',
      'pg_write_server_files',
      'pg_read_server_files',
      'jit_1234',
      'jit_admin',
      'leftovers',
    ]) {
      expect(refusal({ roles: [never], memberOf: [never] })).toMatch(
        /never given/,
      );
    }
  });

  it('lets owners of ephemeral databases through where access to them is on', () => {
    const owner = 'jit_0123456789abcdef0123456789abcdef';
    const asked = { roles: [], memberOf: [owner] };
    expect(refusal(asked)).toMatch(/ceiling/);
    expect(refusal({ ...asked, access: false })).toMatch(/ceiling/);
    expect(refusal({ ...asked, access: true })).toBeUndefined();
    expect(
      refusal({ ...asked, access: true, setRole: true, ceilingSetRole: true }),
    ).toMatch(/never given/);
    for (const other of [`${owner}_keeper`, 'jit_admin', `x${owner}`]) {
      expect(refusal({ roles: [], memberOf: [other], access: true })).toMatch(
        /ceiling/,
      );
    }
  });

  it('allows SET ROLE only where the ceiling does', () => {
    const asked = { roles: ['reader'], memberOf: ['reader'], setRole: true };
    expect(refusal(asked)).toMatch(/SET ROLE/);
    expect(refusal({ ...asked, ceilingSetRole: true })).toBeUndefined();
  });
});

describe('the schemas', () => {
  it('take what is meant, and nothing else', () => {
    expect(postgresConnectionSchema.parse({ ...base, port: '6432' })).toEqual({
      ...base,
      port: 6432,
      database: 'postgres',
      ceiling: { roles: [], setRole: false },
      connectionLimit: 10,
    });
    expect(
      postgresConnectionSchema.parse({ ...base, ssl: { ca: 'PEM' } }).ssl,
    ).toEqual({ ca: 'PEM', rejectUnauthorized: true });
    for (const wrong of [
      { ...base, reassignTo: base.user },
      { ...base, reassignTo: undefined },
      { ...base, port: 0 },
      { ...base, pasword: 'typo' },
      { ...base, ceiling: { rolls: [] } },
      { ...base, database: 'ü'.repeat(32) },
      { ...base, ssl: { rejectUnauthorised: false } },
      { ...base, connectionLimit: -1 },
    ]) {
      expect(postgresConnectionSchema.safeParse(wrong).success).toBe(false);
    }
    for (const wrong of [
      {},
      { memberOf: [] },
      { memberOf: [''] },
      { memberOf: ['a\0'] },
      { memberOf: ['a'.repeat(64)] },
      { memberOf: Array.from({ length: 21 }, (_, i) => `r${i}`) },
      { memberOf: ['a'], admin: true },
    ]) {
      expect(roleParamsSchema.safeParse(wrong).success).toBe(false);
    }
  });
});
