export * from './LifeChart';
export * from './lives';
