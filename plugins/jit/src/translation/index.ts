export * from './jitTranslationRef';
export * from './useTranslate';
