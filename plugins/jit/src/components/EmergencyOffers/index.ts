export * from './EmergencyOffers';
