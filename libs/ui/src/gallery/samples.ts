import type { TimelineItem, TimelineLane } from '../timeline/timeline.types';

export const sampleLanes: TimelineLane[] = [
  { id: 'order', label: 'Order', icon: 'receipt', isOpen: true },
  { id: 'payment', label: 'Payment', icon: 'card' },
  { id: 'fulfilment', label: 'Fulfilment', icon: 'warehouse' },
  { id: 'p1', label: 'Parcel 1, DHL', short: 'P1' },
  { id: 'p2', label: 'Parcel 2, GLS', short: 'P2' },
  { id: 'return', label: 'Return', icon: 'back' },
];

export const sampleTimeline: TimelineItem[] = [
  { id: '1', kind: 'expected', lanes: ['p2'], when: 'by 21 Nov', title: 'Expected: delivery of parcel 2', who: 'due in 2 d', detail: 'estimate by AfterShip, 2 h ago · the promise was 14 Nov' },
  { id: '2', kind: 'silence', lanes: ['p2'], when: 'since 12 Nov', title: 'Silence, 7 d 7 h', who: 'Parcel 2 · GLS', detail: 'no scan of parcel 2 · limit 3 d · the GLS feed is on time, so it is the parcel' },
  { id: '3', kind: 'contradiction', lanes: ['p1'], when: '18 Nov 16:20', title: 'Carrier: delivered 14:05 · Customer: not received 16:20', detail: 'Contradiction, parcel 1 · proof: photo, no signature' },
  { id: '4', kind: 'event', lanes: ['p1'], when: '18 Nov 14:05', title: 'Delivered', quote: 'Left at front door, photo taken', late: 'arrived 3 h late', who: 'Parcel 1 · DHL', isNewest: true },
  { id: '5', kind: 'event', lanes: ['p1'], when: '18 Nov 08:12', title: 'Out for delivery, Dublin', quote: 'With delivery courier', who: 'Parcel 1 · DHL' },
  { id: '6', kind: 'fold', lanes: ['p1'], when: '12 to 17 Nov', title: '6 routine scans, Leipzig to Dublin', who: 'Parcel 1 · DHL' },
  { id: '7', kind: 'event', lanes: ['payment'], when: '15 Nov 10:12', title: 'Credit €20.00, late delivery', detail: 'Ben Kovač · told the customer 10:15', who: 'Payment · Stripe' },
  { id: '8', kind: 'event', lanes: ['p2'], when: '12 Nov 02:48', title: 'At hub, Neuenstein', quote: 'Inbound hub scan', who: 'Parcel 2 · GLS', isNewest: true },
  { id: '9', kind: 'event', lanes: ['p2'], when: '11 Nov 18:20', title: 'Picked up, Linz', quote: 'Parcel accepted', who: 'Parcel 2 · GLS' },
  { id: '10', kind: 'event', lanes: ['payment'], when: '11 Nov 17:42', title: 'Captured €640.00', who: 'Payment · Stripe' },
  { id: '11', kind: 'event', lanes: ['fulfilment'], when: '11 Nov 17:40', title: 'Handed over, 2 parcels', detail: 'told us 20 min later', who: 'Fulfilment · WMS Linz' },
  { id: '12', kind: 'event', lanes: ['p1', 'p2'], when: '10 Nov 15:20', title: 'Labels created, order split in 2', who: 'P1, P2 · ShipStation' },
  { id: '13', kind: 'event', lanes: ['payment'], when: '8 Nov 19:33', title: 'Authorised €640.00', who: 'Payment · Stripe' },
  { id: '14', kind: 'event', lanes: ['order'], when: '8 Nov 19:32', title: 'Placed, 5 lines', who: 'Order · Shopify' },
];
