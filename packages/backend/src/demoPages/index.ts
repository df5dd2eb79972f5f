export { demoPagesModule } from './demoPagesModule';
