import net.sub.leaf
