export { demoAuthModule } from './module';
