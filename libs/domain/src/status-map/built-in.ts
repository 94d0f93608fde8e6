import type { KindStatusMap, ShipmentMeaning, StatusMap } from './status-map.js';

const ATTEMPT_FAILED: ShipmentMeaning = { status: 'attempted', problem: 'delivery_attempt_failed' };
const CARRIER_EXCEPTION: ShipmentMeaning = { status: 'exception', problem: 'carrier_exception' };
const NO_NEWS: ShipmentMeaning = { notice: 'no_news' };
const DELAYED: ShipmentMeaning = { notice: 'delayed' };

/** The generic feed speaks our own words (docs: contract, section 5); reasons of an exception are its second level. */
const EVENTS: KindStatusMap = {
  shipment: {
    label_created: { status: 'label_created' },
    accepted: { status: 'accepted' },
    in_transit: { status: 'in_transit' },
    out_for_delivery: { status: 'out_for_delivery' },
    delivery_attempted: ATTEMPT_FAILED,
    ready_for_pickup: { status: 'ready_for_pickup' },
    delivered: { status: 'delivered' },
    delayed: DELAYED,
    exception: CARRIER_EXCEPTION,
    'exception/delivery_attempt_failed': { status: 'exception', problem: 'delivery_attempt_failed' },
    'exception/address_problem': { status: 'exception', problem: 'address_problem' },
    'exception/address': { status: 'exception', problem: 'address_problem' },
    'exception/bad_address': { status: 'exception', problem: 'address_problem' },
    'exception/incorrect_address': { status: 'exception', problem: 'address_problem' },
    'exception/customs_hold': { status: 'exception', problem: 'customs_hold' },
    'exception/customs': { status: 'exception', problem: 'customs_hold' },
    'exception/refused': { status: 'exception', problem: 'refused' },
    'exception/damaged': { status: 'exception', problem: 'damaged' },
    'exception/lost': { status: 'lost', problem: 'lost' },
    returning: { status: 'returning' },
    returned: { status: 'returned' },
    lost: { status: 'lost', problem: 'lost' },
    cancelled: { status: 'cancelled' },
  },
  payment: {
    authorized: 'authorized', captured: 'paid', failed: 'failed', refunded: 'refunded', disputed: 'disputed',
  },
  returns: {
    requested: 'requested', approved: 'approved', declined: 'declined', in_transit: 'in_transit',
    received: 'received', inspected: 'inspected', refunded: 'refunded', closed: 'closed',
  },
};

/** Shopify: FulfillmentEvent.status and shipment_status, financial_status (Admin API 2026-10, enumerations). */
const SHOPIFY: KindStatusMap = {
  shipment: {
    label_purchased: { status: 'label_created' },
    label_printed: { status: 'label_created' },
    confirmed: NO_NEWS,
    carrier_picked_up: { status: 'accepted' },
    in_transit: { status: 'in_transit' },
    out_for_delivery: { status: 'out_for_delivery' },
    ready_for_pickup: { status: 'ready_for_pickup' },
    attempted_delivery: ATTEMPT_FAILED,
    delayed: DELAYED,
    delivered: { status: 'delivered' },
    failure: CARRIER_EXCEPTION,
    picked_up: { status: 'delivered' },
    ready_for_recipient_pickup: { status: 'ready_for_pickup' },
    buyer_action_required: CARRIER_EXCEPTION,
    returning_to_sender: { status: 'returning' },
  },
  payment: {
    pending: 'pending', authorized: 'authorized', partially_paid: 'partially_paid', paid: 'paid',
    partially_refunded: 'partially_refunded', refunded: 'refunded', voided: 'voided', expired: 'voided',
  },
  returns: { requested: 'requested', open: 'approved', closed: 'closed', declined: 'declined', canceled: 'closed' },
};

/** EasyPost: tracker `status/status_detail` (client library types of npm @easypost/api 8.9.0). */
const EASYPOST: KindStatusMap = {
  shipment: {
    unknown: NO_NEWS,
    error: NO_NEWS,
    pre_transit: { status: 'label_created' },
    in_transit: { status: 'in_transit' },
    'in_transit/received_at_origin_facility': { status: 'accepted' },
    'in_transit/delayed': { status: 'in_transit' },
    'in_transit/address_correction': { status: 'exception', problem: 'address_problem' },
    'in_transit/awaiting_information': CARRIER_EXCEPTION,
    'in_transit/held': CARRIER_EXCEPTION,
    'in_transit/delivery_exception': CARRIER_EXCEPTION,
    'in_transit/transit_exception': CARRIER_EXCEPTION,
    'in_transit/refused': { status: 'exception', problem: 'refused' },
    'in_transit/damaged': { status: 'exception', problem: 'damaged' },
    'in_transit/lost': { status: 'lost', problem: 'lost' },
    'in_transit/return': { status: 'returning' },
    out_for_delivery: { status: 'out_for_delivery' },
    delivered: { status: 'delivered' },
    available_for_pickup: { status: 'ready_for_pickup' },
    return_to_sender: { status: 'returning' },
    failure: CARRIER_EXCEPTION,
    'failure/address_correction': { status: 'exception', problem: 'address_problem' },
    'failure/refused': { status: 'exception', problem: 'refused' },
    'failure/damaged': { status: 'exception', problem: 'damaged' },
    'failure/lost': { status: 'lost', problem: 'lost' },
    'failure/return': { status: 'returning' },
    cancelled: { status: 'cancelled' },
  },
  payment: {},
  returns: {},
};

/** What the product knows of the codes of its sources out of the box: version 1 of every installation's map. */
export const builtInStatusMap: StatusMap = {
  version: 1,
  kinds: { events: EVENTS, shopify: SHOPIFY, easypost: EASYPOST, person: EVENTS },
};
