export { stockRequestsTopic } from './stock-requests-topic';
export { allocationRequestedV1, type AllocationRequestedV1 } from './allocation-requested.v1';
export { allocationWithdrawnV1, type AllocationWithdrawnV1 } from './allocation-withdrawn.v1';
export { shipmentAcceptedV1, type ShipmentAcceptedV1 } from './shipment-accepted.v1';
export { unitsShippedV1, type UnitsShippedV1 } from './units-shipped.v1';
export { unitsReleasedV1, type UnitsReleasedV1 } from './units-released.v1';
