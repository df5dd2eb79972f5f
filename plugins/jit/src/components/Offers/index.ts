export * from './Offers';
export * from './offerRules';
