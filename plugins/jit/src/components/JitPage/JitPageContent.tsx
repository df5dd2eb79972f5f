import { Content } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { useMe, useOperator } from '../../hooks';
import { useTranslate } from '../../translation';
import { ClockNote } from '../ClockNote';
import { LeaseDrawer } from '../LeaseDrawer';
import { Connections } from './Connections';
import { LeaseView } from './LeaseView';
import { useSearch } from './useSearch';

const useStyles = makeStyles(theme => ({
  tabs: {
    marginBottom: theme.spacing(3),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
}));

/** The page below its header: the reader's own leases and, for operators, everybody's. */
export const JitPageContent = () => {
  const classes = useStyles();
  const t = useTranslate();
  const search = useSearch();
  const me = useMe();
  const isOperator = useOperator();
  const everything = Boolean(isOperator) && search.get('view') === 'everything';
  const view = everything ? 'everything' : 'mine';
  const lease = search.get('lease');

  return (
    <Content>
      <ClockNote />
      {isOperator && (
        <Tabs
          className={classes.tabs}
          value={view}
          onChange={(_, chosen) =>
            search.set({
              view: chosen === 'everything' ? chosen : undefined,
              person: undefined,
            })
          }
          indicatorColor="primary"
          textColor="primary"
          aria-label={t('page.views')}
        >
          <Tab value="mine" label={t('page.mine')} />
          <Tab value="everything" label={t('page.everything')} />
        </Tabs>
      )}
      {everything && <Connections />}
      <LeaseView
        key={view}
        search={search}
        reader={{ me, isOperator }}
        mine={!everything}
      />
      {lease && (
        <LeaseDrawer
          leaseId={lease}
          onClose={() => search.set({ lease: undefined })}
        />
      )}
    </Content>
  );
};
