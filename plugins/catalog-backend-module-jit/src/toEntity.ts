import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  parseEntityRef,
} from '@backstage/catalog-model';
import {
  Environment,
  ENVIRONMENTS_LOCATION,
  leaseLink,
} from '@backstage-jit/plugin-jit-common';

/** The entity that stands for an environment while it lives. */
export function toEntity(
  environment: Environment,
  options: {
    owner: string;
    /** `app.baseUrl`. */
    appUrl: string;
  },
): Entity {
  const { leaseId, title, profileId, entityRef, requester } = environment;
  const { expiresAt } = environment;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: `environment-${leaseId}`,
      namespace: 'default',
      title: `${title} (${parseEntityRef(requester).name})`,
      description: plain(
        `Asked for by ${requester}. It is here until its lease has ended.`,
      ),
      annotations: {
        [ANNOTATION_LOCATION]: ENVIRONMENTS_LOCATION,
        [ANNOTATION_ORIGIN_LOCATION]: ENVIRONMENTS_LOCATION,
        'backstage-jit/lease-id': leaseId,
        'backstage-jit/profile-id': profileId,
        ...(expiresAt && { 'backstage-jit/ends-at': expiresAt }),
      },
      links: [
        {
          url: leaseLink(options.appUrl, leaseId),
          title: 'See it, extend it, end it',
        },
      ],
      tags: ['just-in-time'],
    },
    spec: {
      type: 'jit-environment',
      owner: options.owner,
      ...(entityRef !== undefined && { dependencyOf: [entityRef] }),
    },
  };
}

/** Descriptions are shown as Markdown: nobody's name makes an emphasis, a link or an image. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~&-]/g, '\\$&');
}
