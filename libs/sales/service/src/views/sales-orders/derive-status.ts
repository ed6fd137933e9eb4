/** The status of the touched orders from their shipments, as `statusOf` of the domain says it. `$1` accounts, `$2` orders. */
export const deriveStatus = `
  update sales_orders_v2 o set status = case
      when o.stage = 'cancelled' then 'cancelled'
      when s.live = 0 then o.stage
      when s.units_left = 0 then 'fulfilling'
      when s.live = s.shipped and s.open_parts = 0 then 'shipped'
      else 'partially-fulfilled'
    end
    from (
      select t.account_id, t.order_id,
        (select count(*) from sales_shipments_v2 x where x.account_id = t.account_id and x.order_id = t.order_id and x.status <> 'cancelled') as live,
        (select count(*) from sales_shipments_v2 x where x.account_id = t.account_id and x.order_id = t.order_id and x.status = 'shipped') as shipped,
        (select count(*) from sales_shipment_units_v2 x join sales_shipments_v2 y on y.account_id = x.account_id and y.shipment_id = x.shipment_id
          where x.account_id = t.account_id and x.order_id = t.order_id and x.shipped > 0 and y.status <> 'cancelled') as units_left,
        (select count(*) from sales_order_parts_v2 p join sales_orders_v2 h on h.account_id = p.account_id and h.order_id = p.order_id
          where p.account_id = t.account_id and p.order_id = t.order_id
            and p.wanted - coalesce((h.closed ->> p.line_id)::int, 0) * p.per
              > (select coalesce(sum(case when x.released then x.shipped else x.quantity end), 0) from sales_shipment_units_v2 x
                  where x.account_id = p.account_id and x.order_id = p.order_id and x.part_id = p.part_id)) as open_parts
      from unnest($1::uuid[], $2::uuid[]) t(account_id, order_id)
    ) s
   where o.account_id = s.account_id and o.order_id = s.order_id`;
