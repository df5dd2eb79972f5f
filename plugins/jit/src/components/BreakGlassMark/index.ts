export * from './BreakGlassMark';
export * from './BreakGlassNote';
