export * from './EmergencyOffers';
export * from './Offers';
export * from './offerRules';
