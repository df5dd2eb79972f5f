import { Header, Page } from '@backstage/core-components';
import { useTranslate } from '../../translation';
import { JitPageContent } from './JitPageContent';

/** The page with a header of its own, for the legacy frontend system. */
export const JitPage = () => {
  const t = useTranslate();
  return (
    <Page themeId="tool">
      <Header title={t('page.title')} subtitle={t('page.subtitle')} />
      <JitPageContent />
    </Page>
  );
};
