export * from './ClockNote';
