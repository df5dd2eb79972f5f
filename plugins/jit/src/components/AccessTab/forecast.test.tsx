import { screen, within } from '@testing-library/react';
import { RAVI, READ, refused, WRITE } from '../../__testUtils__';
import {
  aLedger,
  openTab,
  pass,
  turnClocksByHand,
  user,
} from './__testUtils__/openTab';

jest.setTimeout(240_000);
turnClocksByHand();

const REASON = 'OPS-123 fix order 9';

const openDialog = async (name: RegExp) => {
  await user.click(screen.getByRole('button', { name }));
  return within(await screen.findByRole('dialog'));
};

describe('what happens then', () => {
  it('names who decides, step by step, before anything is asked for', async () => {
    await openTab(
      aLedger({
        offers: [{ ...WRITE, automatic: false }],
        preview: {
          automatic: false,
          leases: [{ profileId: WRITE.profileId, durationMs: 900_000 }],
          approval: {
            lapsesAfterMs: 8 * 3_600_000,
            steps: [
              {
                rule: 'owners of the target',
                count: 1,
                approvers: ['group:default/orders-team'],
                people: ['user:default/tomas.varga', RAVI],
              },
              {
                rule: 'members of group:default/security',
                count: 2,
                approvers: ['group:default/security'],
                people: [
                  'user:default/ines.calder',
                  ...[1, 2, 3, 4, 5].map(n => `user:default/guard-${n}`),
                ],
              },
            ],
          },
        },
      }),
    );
    const dialog = await openDialog(/^Ask for Orders database, read and write/);
    await user.type(dialog.getByLabelText(/^Reason/), REASON);
    await pass(400);
    expect(
      dialog.getByText(
        'Not at once: 8 people will be notified, and some decide.',
      ),
    ).toBeVisible();
    const steps = within(
      dialog.getByRole('list', { name: 'Who decides, one after the other' }),
    ).getAllByRole('listitem');
    expect(steps.map(each => each.textContent)).toEqual([
      'tomas.varga or ravi.lindqvist decides (owners of the target)',
      '2 of these decide: ines.calder, guard-1, guard-2, guard-3 and 2 more (members of group:default/security)',
    ]);
    expect(
      dialog.getByText('It lapses when that takes longer than 8 h.'),
    ).toBeVisible();
  });
});

describe('what a condition says', () => {
  const previewWith = (satisfied: boolean, why: string) => ({
    automatic: satisfied,
    leases: [
      {
        profileId: WRITE.profileId,
        durationMs: 900_000,
        context: [{ source: 'on-call', satisfied, why }],
      },
    ],
  });

  it.each([
    [
      previewWith(true, 'user:default/nadia.osei is on call'),
      'You get this at once.',
      'At once by on-call: nadia.osei is on call',
    ],
    [
      previewWith(false, 'user:default/nadia.osei is not on call'),
      'Somebody has to approve it first.',
      'Not at once by on-call: nadia.osei is not on call',
    ],
  ])('is told before anything is asked for', async (preview, outcome, line) => {
    await openTab(
      aLedger({
        offers: [{ ...WRITE, automatic: false, context: ['on-call'] }],
        preview,
      }),
    );
    const dialog = await openDialog(/^Ask for Orders database, read and write/);
    await user.type(dialog.getByLabelText(/^Reason/), REASON);
    await pass(400);
    expect(dialog.getByText(outcome)).toBeVisible();
    expect(dialog.getByText(line)).toBeVisible();
  });
});

describe('for a colleague', () => {
  const helped = { ...READ, onBehalf: { consent: true } };

  it('is asked by who may, of people whom the catalog knows', async () => {
    const asked: unknown[] = [];
    await openTab(
      aLedger({
        offers: [helped, WRITE],
        before: async (call, [request]) => {
          if (call === 'createRequest') {
            asked.push(request);
          }
        },
      }),
    );
    const dialog = await openDialog(/^More choices for .* read only/);
    await user.click(dialog.getByLabelText('For a colleague'));
    const field = dialog.getByLabelText(/^Colleague/);
    await user.click(dialog.getByRole('button', { name: 'Ask' }));
    expect(dialog.getByText('Choose who shall have it.')).toBeVisible();
    expect(asked).toEqual([]);
    await user.type(field, 'Lindq');
    await pass(300);
    expect(
      Array.from(document.querySelectorAll('#jit-colleagues option')).map(
        each => [each.getAttribute('value'), each.textContent],
      ),
    ).toEqual([[RAVI, 'Ravi Lindqvist']]);
    await user.clear(field);
    await user.type(field, 'group:default/orders-team');
    expect(dialog.getByText('Choose who shall have it.')).toBeVisible();
    await user.clear(field);
    await user.type(field, 'ravi.lindqvist');
    await pass(400);
    expect(dialog.getByText(/They have to agree/)).toBeVisible();
    expect(dialog.getByText('They get this at once.')).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Ask' }));
    expect(asked).toMatchObject([{ subject: RAVI }]);
  });

  it('is all that is left of what oneself may not have', async () => {
    const world = aLedger({
      offers: [{ ...helped, refusal: 'Only for members of group:default/sre' }],
      before: async call => {
        if (call === 'previewRequest') {
          throw await refused(403, 'Only the lead asks for others. Ask Tomás.');
        }
      },
    });
    await openTab(world);
    const dialog = await openDialog(/^Ask for .* for a colleague$/);
    expect(dialog.getByLabelText('For me')).toBeDisabled();
    await user.type(dialog.getByLabelText(/^Colleague/), RAVI);
    await pass(400);
    expect(dialog.getByRole('alert')).toHaveTextContent('Only the lead asks');
  });

  it('is not offered where the profile says nothing of it', async () => {
    await openTab(aLedger({ offers: [WRITE] }));
    const dialog = await openDialog(/^Ask for /);
    expect(dialog.queryByText('For whom')).not.toBeInTheDocument();
  });
});
