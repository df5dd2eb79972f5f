export * from './ServerClock';
export * from './Ticker';
export * from './clockOf';
export * from './durationWords';
export * from './formatInstant';
export * from './toLocalField';
