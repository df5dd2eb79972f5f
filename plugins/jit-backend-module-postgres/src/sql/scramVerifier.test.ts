import { createHash, createHmac } from 'node:crypto';
import { scramVerifier } from './scramVerifier';

const xor = (a: Buffer, b: Buffer) =>
  Buffer.from(a.map((byte, i) => byte ^ b[i]));

describe('scramVerifier', () => {
  it('checks the exchange that RFC 7677 gives', async () => {
    const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
    const verifier = await scramVerifier('pencil', { salt, iterations: 4096 });
    const [scheme, parameters, keys] = verifier.split('$');
    expect(scheme).toBe('SCRAM-SHA-256');
    expect(parameters).toBe('4096:W22ZaJ0SNY7soEsUEjb6gQ==');

    const [storedKey, serverKey] = keys
      .split(':')
      .map(key => Buffer.from(key, 'base64'));
    const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
    const message = [
      'n=user,r=rOprNGfwEbeRWgbNEkqO',
      `r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`,
      `c=biws,r=${nonce}`,
    ].join(',');
    const sign = (key: Buffer) =>
      createHmac('sha256', key).update(message).digest();

    const proof = Buffer.from(
      'dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
      'base64',
    );
    const clientKey = xor(proof, sign(storedKey));
    expect(createHash('sha256').update(clientKey).digest()).toEqual(storedKey);
    expect(sign(serverKey).toString('base64')).toBe(
      '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    );
  });

  it('salts each time anew, and takes no password that SASLprep would change', async () => {
    expect(await scramVerifier('same')).not.toBe(await scramVerifier('same'));
    for (const password of ['', 'with space', 'ü']) {
      await expect(scramVerifier(password)).rejects.toThrow('ASCII');
    }
  });
});
