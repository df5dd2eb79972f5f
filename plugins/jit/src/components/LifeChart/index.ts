export * from './LifeChart';
export * from './LifeTable';
export * from './lives';
