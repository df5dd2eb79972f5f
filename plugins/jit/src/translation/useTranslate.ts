import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { jitTranslationRef, Translate } from './jitTranslationRef';

export function useTranslate(): Translate {
  return useTranslationRef(jitTranslationRef).t;
}
