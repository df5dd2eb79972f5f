import { mockApis } from '@backstage/test-utils';
import { READ, REPORTS } from '../__testUtils__';
import { jitTranslationRef, Translate } from '../translation';
import { offerWords } from './describeOffer';

const { t } = mockApis
  .translation()
  .getTranslation(jitTranslationRef) as unknown as { t: Translate };

it.each([
  ['at once', READ, ['At once, up to 4 h']],
  [
    'by people',
    REPORTS,
    ['Approved by owners of the target, then 2 members of security, up to 3 d'],
  ],
  [
    'by nobody knows whom',
    { ...READ, automatic: false },
    ['Somebody decides, up to 4 h'],
  ],
  [
    'by a source alone',
    { ...READ, automatic: false, context: ['on-call', 'ticket'] },
    ['At once when on-call or ticket says so, up to 4 h; else not at all'],
  ],
  [
    'by a source, or by people',
    { ...REPORTS, context: ['on-call'] },
    [
      'At once when on-call says so, up to 3 d; else approved by owners of the target, then 2 members of security',
    ],
  ],
  [
    'with a last copy',
    { ...READ, keep: { forMs: 86_400_000 } },
    ['At once, up to 4 h', 'A last copy is kept for 24 h after its end'],
  ],
])('says what is granted %s', (_how, offer, words) => {
  expect(offerWords(t, offer)).toEqual(words);
});
