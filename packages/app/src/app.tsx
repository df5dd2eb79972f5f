import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

/** The portal. The plugins come by themselves: `app.packages: all`. */
export const app = createApp({ features: [navModule, signInModule] });
