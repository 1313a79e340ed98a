package saker.order;

/** Told of every change of an order's state, after it. */
@FunctionalInterface
public interface OrderListener {
    void onChanged(Order order, OrderState before);
}
