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
    'with a last copy',
    { ...READ, keep: { forMs: 86_400_000 } },
    ['At once, up to 4 h', 'A last copy is kept for 24 h after its end'],
  ],
])('says what is granted %s', (_how, offer, words) => {
  expect(offerWords(t, offer)).toEqual(words);
});
