import { Lease } from '@backstage-jit/plugin-jit-common';
import { goneLine } from './story';

const NOW = '2026-03-02T10:00:00.000Z';
const verifiedAt = '2026-03-02T09:14:03.400Z';

describe('what is told of a lease that is over', () => {
  it.each<[string, Partial<Lease>]>([
    [
      'is gone, verified 09:14:03 UTC',
      { state: 'revoked', verifiedAt, keptUntil: verifiedAt },
    ],
    [
      'is gone, verified 1 Mar 09:14:03 UTC',
      { state: 'revoked', verifiedAt: '2026-03-01T09:14:03.400Z' },
    ],
    [
      'was taken back; nobody can look whether it is gone',
      { state: 'revoked', verified: false },
    ],
    [
      'is over; what it gave stays, as another lease has it, too',
      { state: 'revoked', verifiedAt, kept: 'shared' },
    ],
    [
      'is over; what it gave stays, as it was there before',
      { state: 'revoked', verifiedAt, kept: 'held-before' },
    ],
    [
      'is closed: a last copy is kept until 3 Mar 09:14 UTC',
      { state: 'revoking', keptUntil: '2026-03-03T09:14:03.400Z' },
    ],
    ['never began (withdrawn): nothing was made', { state: 'withdrawn' }],
  ])('%s', (line, lease) => {
    const told = goneLine({ id: '17e59d44-0000', ...lease } as Lease, NOW);
    expect(told).toBe(`Lease 17e59d44… ${line}`);
  });
});
