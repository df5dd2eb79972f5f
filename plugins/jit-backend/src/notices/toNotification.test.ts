import fc from 'fast-check';
import { Notice } from './Notice';
import { toNotification } from './toNotification';

const NOTICE: Notice = {
  scope: 'a/1/people',
  to: ['user:default/ada'],
  title: 'Ends soon: Orders, read only',
  severity: 'high',
  leaseId: '0a1b',
};

describe('toNotification', () => {
  it('leads to the lease, for operators among those of everybody', () => {
    expect(toNotification(NOTICE)).toEqual({
      title: 'Ends soon: Orders, read only',
      severity: 'high',
      scope: 'jit:a/1/people',
      topic: 'jit',
      link: '/just-in-time?lease=0a1b',
    });
    expect(toNotification({ ...NOTICE, opens: 'extend' }).link).toBe(
      '/just-in-time?lease=0a1b&do=extend',
    );
    expect(
      toNotification({ ...NOTICE, leaseId: undefined, view: 'approvals' }).link,
    ).toBe('/just-in-time?view=approvals');
    const operators: Notice = { ...NOTICE, to: 'operators' };
    expect(toNotification(operators).link).toBe(
      '/just-in-time?view=everything&lease=0a1b',
    );
    expect(toNotification({ ...operators, leaseId: undefined }).link).toBe(
      '/just-in-time?view=everything',
    );
  });

  it('is one line of text that fits, and a link of ours, whatever anybody wrote', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.string({
          unit: fc.constantFrom(...'a\r\n\u2028\u0000<>&?=#/'),
          maxLength: 1_200,
        }),
        (title, description) => {
          const sent = toNotification({ ...NOTICE, title, description });
          expect(sent.title.length).toBeLessThanOrEqual(255);
          expect(sent.description?.length ?? 0).toBeLessThanOrEqual(1_000);
          expect(sent.title + (sent.description ?? '')).not.toMatch(
            /[\p{Cc}\u2028\u2029<>]/u,
          );
          expect(sent.link).toBe('/just-in-time?lease=0a1b');
        },
      ),
    );
  });
});
