/** Signing secrets of the rig's connections; every server the rig starts has them. */
export const SECRETS = {
  events: `whsec_${Buffer.from('a secret of the rig, 32 bytes ok').toString('base64')}`,
  shopify: 'the client secret of the rig',
  easypost: 'the webhook secret of the rig',
} as const;

export const SECRET_ENVIRONMENT: Readonly<Record<string, string>> = {
  ORDERWATCH_EVENTS_SECRET: SECRETS.events, ORDERWATCH_SHOPIFY_SECRET: SECRETS.shopify, ORDERWATCH_EASYPOST_SECRET: SECRETS.easypost,
};
