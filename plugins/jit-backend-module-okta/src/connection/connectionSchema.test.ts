import { TOKEN } from '../__testUtils__/scriptedCall';
import { oktaConnectionSchema } from './connectionSchema';

describe('the settings of a connection', () => {
  const parse = (settings: object) =>
    oktaConnectionSchema.safeParse({
      orgUrl: 'https://acme.okta.com',
      token: TOKEN,
      ...settings,
    });

  it('are read with the least rights', () => {
    expect(parse({ orgUrl: 'https://acme.okta.com/' }).data).toEqual({
      orgUrl: 'https://acme.okta.com',
      token: TOKEN,
      scopes: ['okta.groups.manage', 'okta.users.read'],
      userBy: 'email',
      ceiling: { groups: [] },
    });
    expect(parse({ orgUrl: 'http://localhost:4006' }).success).toBe(true);
  });

  it.each([
    [{ orgUrl: 'http://acme.okta.com' }],
    [{ orgUrl: 'http://localhost.evil.example' }],
    [{ orgUrl: 'https://user:pw@acme.okta.com' }],
    [{ orgUrl: 'https://acme.okta.com/api' }],
    [{ orgUrl: 'acme' }],
    [{ token: undefined }],
    [{ clientId: 'app', privateKey: 'not a key' }],
    [{ token: undefined, clientId: 'app' }],
    [{ clientId: 'app' }],
    [{ userBy: 'name' }],
    [{ ceiling: { groups: [''] } }],
    [{ sealing: {} }],
  ])(
    'are refused when they are wrong, without showing the secret: %j',
    settings => {
      const result = parse(settings);
      expect(result.success).toBe(false);
      expect(JSON.stringify(result.error?.issues)).not.toContain(TOKEN);
    },
  );
});
